/** Labels in test files: comments that say whether a statement is weak. */
import type { LabelMapping } from './data.js';

export interface Label {
  /** What the label says of the statement. */
  readonly weak: boolean;
  /** The labelled line of code, 1-based. */
  readonly line: number;
  /** The lines of its statement, 1-based, both included. */
  readonly first: number;
  readonly last: number;
}

const BEFORE = /(?:^|[^\w])(ruleid|ok):/;
const SAME = /\/\/.*?\b(NON[_-]COMPLIANT|COMPLIANT)\b/;

/** The longest statement that is followed, in lines. */
const REACH = 12;

/** The labels of a text, in order. */
export function labelsIn(text: string, marks: LabelMapping['marks']): Label[] {
  const lines = text.split('\n');
  const code = withoutComments(text).split('\n');
  return lines.flatMap((line, at) => {
    if (marks === 'line before') {
      const [, kind] = isComment(line) ? (BEFORE.exec(line) ?? []) : [];
      const next = code.findIndex((each, index) => index > at && each.trim() !== '');
      if (kind === undefined || next === -1) return [];
      return [{ weak: kind === 'ruleid', line: next + 1, first: next + 1, last: endOf(code, next) + 1 }];
    }
    const [, kind] = SAME.exec(line) ?? [];
    if (kind === undefined || (code[at] ?? '').trim() === '') return [];
    return [
      { weak: kind !== 'COMPLIANT', line: at + 1, first: startOf(code, at) + 1, last: endOf(code, at) + 1 },
    ];
  });
}

function isComment(line: string): boolean {
  return /^\s*(\/\/|\/\*)/.test(line);
}

/** The line on which the statement that begins on a line ends. */
function endOf(code: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(code.length, from + REACH); at++) {
    const line = code[at] ?? '';
    depth += depthOf(line, '(', ')') + depthOf(line, '[', ']');
    if (depth <= 0 && /[;{}):]\s*$/.test(line)) return at;
  }
  return from;
}

/** The line on which the statement that a line belongs to begins; of a closing brace, the line of the brace it closes. */
function startOf(code: readonly string[], from: number): number {
  let depth = 0;
  if (/^\s*\}/.test(code[from] ?? ''))
    for (let at = from; at >= 0; at--) {
      depth += depthOf(code[at] ?? '', '{', '}');
      if (depth >= 0) return at;
    }
  for (let at = from; at >= Math.max(0, from - REACH); at--) {
    const above = code[at - 1] ?? '';
    depth += depthOf(code[at] ?? '', '(', ')') + depthOf(code[at] ?? '', '[', ']');
    if (depth >= 0 && /(^|[;{}):])\s*$|^\s*#/.test(above)) return at;
  }
  return from;
}

function depthOf(line: string, open: string, close: string): number {
  return line.split(open).length - line.split(close).length;
}

/** The text with comments and what stands in quotes blanked; lines stay where they are. */
function withoutComments(text: string): string {
  return text.replace(/\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g, (matched) =>
    matched.replace(/[^\n]/g, /^["']/.test(matched) ? '_' : ' '),
  );
}
