/** What the formats of printf and scanf say of the arguments that follow them. */
import type { Expr } from './index.js';

export interface Conversion {
  readonly letter: string;
  /** The digits or `*` of a width, and those of a precision. */
  readonly width: string | undefined;
  readonly precision: string | undefined;
  /** scanf: `%*s` reads and throws away, `%ms` allocates. */
  readonly suppressed: boolean;
  readonly allocates: boolean;
  /** Position of the argument after the format. */
  readonly argument: number;
}

/**
 * The format's text. A part that is not known may only be the tail of a conversion (`"%" PRIu32`): any other could hold
 * conversions of its own, and then nothing is known of the arguments behind it.
 */
function textOf(format: Expr): string | undefined {
  if (format.literal !== 'string') return undefined;
  if (format.value !== undefined) return format.value;
  let text = '';
  for (const part of format.parts) {
    if (part.value !== undefined) text += part.value;
    else if (/%[-+ #0']*\d*$/.test(text)) text += 'd';
    else return undefined;
  }
  return text;
}

/** Conversions of a printf format; undefined when the format is not known. */
export function printed(format: Expr): Conversion[] | undefined {
  return conversions(format, /%[-+ #0']*(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|j|z|t|L|q)?([a-zA-Z%])/g);
}

/** Conversions of a scanf format; undefined when the format is not known. */
export function scanned(format: Expr): Conversion[] | undefined {
  return conversions(format, /%(\*?\d*m?)()(?:hh|h|ll|l|j|z|t|L|q)?([a-zA-Z%[])/g);
}

function conversions(format: Expr, pattern: RegExp): Conversion[] | undefined {
  const text = textOf(format);
  if (text === undefined || /%\d+\$/.test(text)) return undefined;
  const scan = pattern.source.includes('m?');
  const found: Conversion[] = [];
  let argument = 0;
  for (const [, first = '', second, letter = ''] of text.matchAll(pattern)) {
    if (letter === '%') continue;
    const suppressed = scan && first.startsWith('*');
    if (!scan) argument += Number(first === '*') + Number(second === '*');
    found.push({
      letter,
      width: first.replace(/[*m]/g, scan ? '' : '*') || undefined,
      precision: second,
      suppressed,
      allocates: scan && first.endsWith('m'),
      argument,
    });
    if (!suppressed) argument++;
  }
  return found;
}
