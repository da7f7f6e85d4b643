/** P0: the `#define`s of a product, read from the text alone. */
import type { FileId } from '../../../../rules/kit/index.js';
import { numberValue, unquote } from '../facts/literals.js';
import type { ExprFact, Span } from '../facts/model.js';

export interface Macro extends Span {
  readonly name: string;
  /** Where the name stands. */
  readonly named: number;
  /** Undefined for an object-like macro. */
  readonly params?: readonly string[];
  /** Offsets of the body; its text without comments and line joins. */
  readonly body: string;
}

const DEFINE = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)(\([^)\n]*\))?/gm;

export function scanMacros(text: string): Macro[] {
  const macros: Macro[] = [];
  if (!text.includes('define')) return macros;
  DEFINE.lastIndex = 0;
  for (let match = DEFINE.exec(text); match; match = DEFINE.exec(text)) {
    let end = DEFINE.lastIndex;
    for (;;) {
      const newline = text.indexOf('\n', end);
      if (newline === -1) end = text.length;
      else if (text[newline - 1] === '\\' || (text[newline - 1] === '\r' && text[newline - 2] === '\\')) {
        end = newline + 1;
        continue;
      } else end = newline;
      break;
    }
    const from = DEFINE.lastIndex;
    const written = text.slice(from, end);
    const body = withoutComments(written)
      .replace(/\\\r?\n/g, ' ')
      .trim();
    const lead = written.length - written.trimStart().length;
    macros.push({
      name: match[1] ?? '',
      named: match.index + match[0].indexOf(match[1] ?? '', match[0].indexOf('define') + 'define'.length),
      ...(match[2] !== undefined && {
        params: match[2]
          .slice(1, -1)
          .split(',')
          .map((each) => each.trim()),
      }),
      body,
      start: from + lead,
      end: from + lead + Math.max(withoutComments(written).trim().length, 0),
    });
    DEFINE.lastIndex = end;
  }
  return macros;
}

const DIRECTIVE = /^[ \t]*#[ \t]*(if|ifdef|ifndef|endif)\b[ \t]*(\w*)/gm;

/** Whether a place stands under an `#if`; the guard round a whole header is none. */
export function isConditional(text: string, offset: number): boolean {
  const open: boolean[] = [];
  DIRECTIVE.lastIndex = 0;
  for (let match = DIRECTIVE.exec(text); match && match.index < offset; match = DIRECTIVE.exec(text)) {
    const [whole, word, name = ''] = match;
    if (word === 'endif') open.pop();
    else {
      const next = text.slice(match.index + whole.length).trimStart();
      open.push(
        !(word === 'ifndef' && new RegExp(`^#[ \\t]*define[ \\t]+${name}\\s*$`, 'm').exec(next)?.index === 0),
      );
    }
  }
  return open.includes(true);
}

/** Comments of a macro body dropped; quotes are respected, so `"http://x"` stays whole. */
function withoutComments(body: string): string {
  return body.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g, (token) =>
    token.startsWith('/') ? ' ' : token,
  );
}

/** The macros of a product by name, and which of them a file means. */
export class MacroTable {
  private readonly byName = new Map<string, { file: FileId; macro: Macro }[]>();
  /** Macro names by the name they pass on, so that aliases are found without a walk over all macros. */
  private readonly byTarget = new Map<string, Set<string>>();
  /** Told of every name that a file asks for, known or not. */
  asked: (name: string, from: FileId) => void = () => undefined;

  /** Definitions stay in order of path, whichever came first. */
  add(file: FileId, macros: readonly Macro[]): void {
    for (const macro of macros) {
      const known = this.byName.get(macro.name);
      if (known) known.splice(known.findLastIndex((each) => each.file <= file) + 1, 0, { file, macro });
      else this.byName.set(macro.name, [{ file, macro }]);
      const target = aliased(macro);
      if (target === '') continue;
      const names = this.byTarget.get(target);
      if (names) names.add(macro.name);
      else this.byTarget.set(target, new Set([macro.name]));
    }
  }

  remove(file: FileId, macros: readonly Macro[]): void {
    for (const macro of macros) {
      const { name } = macro;
      const kept = this.byName.get(name)?.filter((each) => each.file !== file) ?? [];
      if (kept.length > 0) this.byName.set(name, kept);
      else this.byName.delete(name);
      const target = aliased(macro);
      if (!kept.some((each) => aliased(each.macro) === target)) this.byTarget.get(target)?.delete(name);
    }
  }

  /** Every definition, in no order that means something. */
  *all(): Iterable<Macro> {
    for (const same of this.byName.values()) for (const { macro } of same) yield macro;
  }

  /**
   * What an object-like macro stands for, seen from a file: its own definition first, then those of the nearest
   * folder. Several different bodies there mean unknown.
   */
  meaning(name: string, from: FileId): { file: FileId; macro: Macro } | undefined {
    this.asked(name, from);
    const known = this.byName
      .get(name)
      ?.filter(({ macro }) => macro.params === undefined && macro.body !== '');
    if (!known || known.length === 0) return undefined;
    const nearness = ({ file }: { file: FileId }): number =>
      file === from ? Infinity : commonFolders(file, from);
    const nearest = Math.max(...known.map(nearness));
    const candidates = known.filter((each) => nearness(each) === nearest);
    const first = candidates[0];
    return first && candidates.every(({ macro }) => macro.body === first.macro.body) ? first : undefined;
  }

  /** Macros that pass on one of these names, also through another: `#define SYSTEM system`. */
  aliasesOf(names: ReadonlySet<string>): Set<string> {
    const aliases = new Set<string>();
    const queue = [...names];
    for (let name = queue.pop(); name !== undefined; name = queue.pop())
      for (const alias of this.byTarget.get(name) ?? [])
        if (!aliases.has(alias) && !names.has(alias)) {
          aliases.add(alias);
          queue.push(alias);
        }
    return aliases;
  }

  /** What a macro passes on, seen from a file: `system` for `RUN` after `#define RUN(c) system(c)`. */
  target(name: string, from: FileId): string | undefined {
    this.asked(name, from);
    const known = this.byName.get(name);
    if (!known) return undefined;
    const own = known.filter(({ file }) => file === from);
    const targets = new Set((own.length > 0 ? own : known).map(({ macro }) => aliased(macro)));
    const [only] = targets;
    return targets.size === 1 && only !== '' ? only : undefined;
  }
}

/** The name a macro passes on: `system` of `#define SYSTEM system` and of `#define RUN(c) system(c)`. */
export function aliased(macro: Macro): string {
  if (macro.params === undefined) return /^[A-Za-z_]\w*$/.test(macro.body) ? macro.body : '';
  const call = /^([A-Za-z_]\w*)\s*\(\s*([^()]*)\)$/.exec(macro.body);
  if (!call) return '';
  const passed = (call[2] ?? '').split(',').map((each) => each.trim());
  return passed.join(',') === macro.params.join(',') ? (call[1] ?? '') : '';
}

function commonFolders(a: FileId, b: FileId): number {
  const [left, right] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)];
  let common = 0;
  while (common < left.length && left[common] === right[common]) common++;
  return common * 2 - (left.length - common);
}

const TOKENS =
  /\s*(?:(L|u8|u|U)?("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(-?[0-9][\w.]*)|(.))/gy;

/** A macro's body as an expression: a literal, a concatenation, a name; anything else is `other`. */
export function macroValue(macro: Macro): ExprFact {
  const span = { start: macro.start, end: macro.end, text: macro.body.slice(0, 200) };
  let body = macro.body;
  for (
    let inner = /^\((.*)\)$/s.exec(body);
    inner && balanced(inner[1] ?? '');
    inner = /^\((.*)\)$/s.exec(body)
  )
    body = (inner[1] ?? '').trim();
  const parts: ExprFact[] = [];
  TOKENS.lastIndex = 0;
  for (let match = TOKENS.exec(body); match && match[0] !== ''; match = TOKENS.exec(body)) {
    const [, , string, char, name, number, other] = match;
    if (string !== undefined) parts.push({ kind: 'string', ...span, value: unquote(string) });
    else if (char !== undefined)
      parts.push({ kind: 'number', ...span, value: String(unquote(char).codePointAt(0) ?? 0) });
    else if (name === 'true' || name === 'false') parts.push({ kind: 'boolean', ...span, value: name });
    else if (name === 'NULL') parts.push({ kind: 'null', ...span, value: 'null' });
    else if (name !== undefined) parts.push({ kind: 'name', ...span, path: name });
    else if (number !== undefined) {
      const value = numberValue(number);
      parts.push({ kind: 'number', ...span, ...(value !== undefined && { value }) });
    } else if (other?.trim()) return { kind: 'other', ...span };
  }
  const only = parts[0];
  if (parts.length === 1 && only) return only;
  if (parts.length > 1 && parts.every((part) => part.kind === 'string' || part.kind === 'name'))
    return { kind: 'template', ...span, parts };
  return { kind: 'other', ...span };
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
