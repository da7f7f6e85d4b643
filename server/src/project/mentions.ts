/** Names, options and packages that a file mentions, of those that somebody asks for. */
import { NAME, tokenize } from '../engine/cfront/tokens.js';
import { Lines } from '../engine/lines.js';
import type { FileId } from '../../../rules/kit/index.js';
import type { FileKind } from './files.js';
import { manifestOf } from './manifests/index.js';

export interface Mention {
  readonly kind: 'name' | 'option' | 'package';
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** C: names of the code, not those in comments and texts. TypeScript: what is imported. Config: options that are on. */
export function mentionsIn(
  file: FileId,
  kind: FileKind,
  text: string,
  words: ReadonlySet<string>,
): readonly Mention[] {
  if (typeof kind !== 'object') return [];
  const lines = new Lines(text);
  const mention = (what: Mention['kind'], word: string, offset: number): Mention[] =>
    words.has(word) ? [{ kind: what, text: word, line: lines.position(offset).line + 1 }] : [];
  if ('manifest' in kind) {
    if (kind.manifest === 'package.json')
      return [...dependenciesOf(text).matchAll(/"([^"\n]+)"[ \t]*:/g)].flatMap(({ 1: name = '' }) =>
        mention('package', name, text.indexOf(`"${name}"`)),
      );
    return (manifestOf(file)?.parse?.(file, text) ?? []).flatMap((option) =>
      option.value === 'y' ? mention('option', option.name, option.at.start) : [],
    );
  }
  if (kind.source !== 'c')
    return [...text.matchAll(/\b(?:from|require\(|import\()\s*['"]([^'".\n][^'"\n]*)['"]/g)].flatMap(
      ({ 1: name = '', index }) => mention('package', name, index),
    );
  if (![...words].some((word) => text.includes(word))) return [];
  const { kinds, starts, ends } = tokenize(text);
  return [...starts].flatMap((start, at) =>
    kinds[at] === NAME ? mention('name', text.slice(start, ends[at]), start) : [],
  );
}

/** The block of what a package needs to run. */
function dependenciesOf(text: string): string {
  return /"dependencies"\s*:\s*\{[^}]*\}/.exec(text)?.[0].replace('"dependencies"', '') ?? '';
}
