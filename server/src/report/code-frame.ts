/** A few lines of code with the place of a finding drawn under them. */
import type { Lines } from '../engine/lines.js';
import type { Range } from './model.js';

/** Longer lines are cut around the place: minified code must not flood a terminal. */
const WIDEST = 100;

export interface Paint {
  readonly dim: (text: string) => string;
  readonly mark: (text: string) => string;
}

/** The line of the finding with one line before it; tabs are shown as single spaces so that the mark stands right. */
export function codeFrame(lines: Lines, range: Range, paint: Paint): string[] {
  const line = range.start.line - 1;
  const frame: string[] = [];
  const width = String(range.start.line).length;
  const before = lines.line(line - 1);
  if (line > 0 && before.trim() !== '')
    frame.push(paint.dim(`${String(line).padStart(width)} | ${cut(before, 0).text}`));
  const shown = cut(lines.line(line), range.start.column - 1);
  frame.push(`${paint.dim(`${String(line + 1)} | `)}${shown.text}`);
  const start = range.start.column - 1 - shown.from;
  const end = range.end.line === range.start.line ? range.end.column - 1 - shown.from : shown.text.length;
  const length = Math.max(1, Math.min(end, shown.text.length) - start);
  frame.push(
    `${' '.repeat(width)} ${paint.dim('|')} ${' '.repeat(Math.max(0, start))}${paint.mark('^'.repeat(length))}`,
  );
  return frame;
}

function cut(line: string, around: number): { text: string; from: number } {
  const plain = line.replace(/\t/g, ' ');
  const from = plain.length > WIDEST ? Math.max(0, Math.min(around - 30, plain.length - WIDEST)) : 0;
  return { text: plain.slice(from, from + WIDEST), from };
}
