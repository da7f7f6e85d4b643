/**
 * The variables that a service is given: environment files, `ENV` of Dockerfiles, `Environment=` of units. Each is
 * `env:NAME`; `env-template:NAME` where the file only shows what may be set and is filled in on each device.
 */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { nameOf } from '../../engine/paths.js';
import { optionAt } from './option.js';

/** A quoted value may go over lines, as keys do; beyond this the quote was never closed. */
const LONGEST_VALUE = 16_384;
const TEMPLATE = /(^|[._-])(example|sample|template|tmpl|tpl|dist|schema)([._-]|$)/i;
const NAME = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*/;

export function parseEnv(file: FileId, text: string): Option[] {
  const prefix = TEMPLATE.test(nameOf(file)) ? 'env-template' : 'env';
  const options: Option[] = [];
  for (let offset = 0; offset < text.length;) {
    const lineEnd = endOfLine(text, offset);
    const line = text.slice(offset, lineEnd);
    const start = offset + line.length - line.trimStart().length;
    const [head = '', name] = NAME.exec(line.trimStart()) ?? [];
    offset = lineEnd + 1;
    if (name === undefined) continue;
    const valueStart = start + head.length;
    const end = quoted(text, valueStart) ?? unquoted(text, valueStart, lineEnd);
    options.push(variable(file, prefix, name, text, { start, valueStart, end }));
    offset = Math.max(offset, endOfLine(text, end) + 1);
  }
  return options;
}

/** `ENV NAME=value OTHER="a value"` and `ENV NAME value`; `ARG NAME=value`, which is a default that images keep. */
export function parseDockerfile(file: FileId, text: string): Option[] {
  const options: Option[] = [];
  for (const { 0: head, index } of text.matchAll(/^[ \t]*(?:ENV|ARG)[ \t]+/gim)) {
    const start = index + head.length;
    const end = endOfLine(text, start);
    const [alone, name] = /^([A-Za-z_]\w*)[ \t]+(?=[^\s=])/.exec(text.slice(start, end)) ?? [];
    if (alone === undefined || name === undefined)
      for (const each of assignments(file, text, start, end)) options.push(each);
    else {
      const valueStart = start + alone.length;
      options.push(
        variable(file, 'env', name, text, { start, valueStart, end: unquoted(text, valueStart, end) }),
      );
    }
  }
  return options;
}

/** `NAME=value "OTHER=a value"`: several on one line, quotes round the whole or round the value. */
export function assignments(file: FileId, text: string, from: number, to: number): Option[] {
  const options: Option[] = [];
  for (const match of text
    .slice(from, to)
    .matchAll(/(["'])([A-Za-z_]\w*)=([^"']*)\1|\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s"']*)/g)) {
    const name = match[2] ?? match[4] ?? '';
    const value = match[3] ?? match[5] ?? '';
    const start = from + match.index + (match[2] === undefined ? 0 : 1);
    const valueStart = start + name.length + 1;
    options.push(variable(file, 'env', name, text, { start, valueStart, end: valueStart + value.length }));
  }
  return options;
}

function variable(
  file: FileId,
  prefix: string,
  name: string,
  text: string,
  { start, valueStart, end }: { start: number; valueStart: number; end: number },
): Option {
  return optionAt({ file, start, end }, `${prefix}:${name}`, text.slice(valueStart, end), {
    file,
    start: valueStart,
    end,
  });
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Where a value in quotes ends, if nothing but a comment follows it; undefined where it is in none. */
function quoted(text: string, start: number): number | undefined {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") return undefined;
  let end = text.indexOf(quote, start + 1);
  while (end > 0 && quote === '"' && text.charAt(end - 1) === '\\') end = text.indexOf(quote, end + 1);
  if (end < 0 || end - start > LONGEST_VALUE) return undefined;
  return /^[ \t\r]*(#|$)/.test(text.slice(end + 1, endOfLine(text, end))) ? end + 1 : undefined;
}

/** Where a value ends that is in no quotes: before a comment, which begins behind a space. */
function unquoted(text: string, start: number, lineEnd: number): number {
  const line = text.slice(start, lineEnd);
  const comment = line.search(/(?:^|[ \t])#/);
  return start + (comment < 0 ? line : line.slice(0, comment)).trimEnd().length;
}
