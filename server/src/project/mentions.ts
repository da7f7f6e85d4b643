/** Calls, headers, texts, packages and options that a file mentions, of those that somebody asks for. */
import { NAME, tokenize } from '../engine/cfront/tokens.js';
import { Lines } from '../engine/lines.js';
import type { Mention } from '../engine/mention.js';
import type { FileId, Option } from '../../../rules/kit/index.js';
import type { FileKind } from './files.js';
import { manifestOf } from './manifests/index.js';

/** Whether a word is asked for, by what kind of mention. */
export type Asked = (kind: Mention['kind'], text: string) => boolean;

type Found = readonly [kind: Mention['kind'], text: string, start: number];

/** C: what it calls and includes, not what stands in comments and texts. TypeScript: what is imported. */
export function mentionsIn(file: FileId, kind: FileKind, text: string, asked: Asked): readonly Mention[] {
  const found = [...foundIn(file, kind, text)].filter(([what, word]) => asked(what, word));
  if (found.length === 0) return [];
  const lines = new Lines(text);
  const position = (offset: number): { line: number; column: number } => {
    const { line, column } = lines.position(offset);
    return { line: line + 1, column: column + 1 };
  };
  return found.map(([what, word, start]) => ({
    kind: what,
    text: word,
    file,
    range: { start: position(start), end: position(start + word.length) },
  }));
}

function foundIn(file: FileId, kind: FileKind, text: string): Iterable<Found> {
  if (typeof kind !== 'object') return [];
  if ('manifest' in kind) return configured(file, text);
  return kind.source === 'c' ? inC(text) : imported(text);
}

/** Files that are not for the device that is sold. */
const NOT_RELEASED = /(^|[._-])(debug|dev|devel|development|test|ci|trial)([._-]|$)/i;

function configured(file: FileId, text: string): Found[] {
  if (NOT_RELEASED.test(file.slice(file.lastIndexOf('/') + 1))) return [];
  return (manifestOf(file)?.parse?.(file, text) ?? []).flatMap((option): Found[] => {
    const word = wordOf(option);
    if (word === undefined) return [];
    const [, name] = /^package:(.*)$/.exec(word) ?? [];
    return [name === undefined ? ['option', word, option.at.start] : ['package', name, option.at.start]];
  });
}

/** A switch counts where it is on; a partition is known by its type, since its name is the maker's own. */
function wordOf({ name, value }: Option): string | undefined {
  if (/^(SB_)?CONFIG_/.test(name)) return value === 'y' ? name : undefined;
  return name.startsWith('partition:') ? `partition:${value.split(',').slice(0, 2).join(',')}` : name;
}

/** Words between which and `(` there is no call, but a name that is declared. */
const OPEN = '('.charCodeAt(0);
const STAR = '*'.charCodeAt(0);
/** What may stand before a call although it is a word. */
const BEFORE_CALL = new Set(['return', 'else', 'do', 'case']);

function* inC(text: string): Iterable<Found> {
  for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm)) {
    const [all, header = ''] = match;
    yield ['include', header, match.index + all.length - header.length - 1];
  }
  for (const match of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+"([^"\\\n]+)"/gm)) {
    const [all, name = '', value = ''] = match;
    yield ['macro', `${name}=${value}`, match.index + all.indexOf(name)];
  }
  const { kinds, starts, ends, count } = tokenize(text);
  const word = (at: number): string => text.slice(starts[at], ends[at]);
  for (let at = 0; at < count; at++) {
    if (kinds[at] !== NAME || kinds[at + 1] !== OPEN) continue;
    const before = kinds[at - 1];
    const isDeclared = before === STAR || (before === NAME && !BEFORE_CALL.has(word(at - 1)));
    if (!isDeclared) yield ['call', word(at), starts[at] ?? 0];
  }
}

function* imported(text: string): Iterable<Found> {
  for (const match of text.matchAll(/\b(?:from|require\(|import\()\s*['"]([^'".\n][^'"\n]*)['"]/g)) {
    const [all, path = ''] = match;
    // `@scope/name/part` and `name/part` are parts of packages.
    const name = /^(@[^/]+\/[^/]+|[^/]+)/.exec(path)?.[0] ?? path;
    yield ['package', name, match.index + all.lastIndexOf(path)];
  }
}
