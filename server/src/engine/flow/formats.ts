/** What a printf format prints of the values behind it. */
import type { CallEntry } from '../apis.js';
import type { Call } from './call.js';

/**
 * Positions after a printf format, counted from the first value, that are printed by these letters and flags; undefined
 * where the format is unknown.
 */
export function printed(
  call: Pick<Call, 'args'>,
  entry: CallEntry,
  letters = /[sScC[]/,
  isMeant: (flags: string) => boolean = () => true,
): Set<number> | undefined {
  if (entry.format === undefined) return undefined;
  const format = call.args[entry.format];
  if (format?.kind !== 'text') return undefined;
  const texts = new Set<number>();
  let at = 0;
  for (const [, flags = '', letter = ''] of String(format.value).matchAll(
    /%([-+ #0-9.*hljztLq]*)([a-zA-Z%[])/g,
  )) {
    if (letter === '%') continue;
    at += flags.split('*').length - 1;
    if (letters.test(letter) && isMeant(flags)) texts.add(at);
    at++;
  }
  return texts;
}

/** Whether what is printed may be longer than its buffer: it holds a text, or nobody knows what it holds. */
export function mayOutgrow(call: Pick<Call, 'args'>, entry: CallEntry): boolean {
  const [, room] = Object.entries(entry.fills ?? {})[0] ?? [];
  const size = call.args[Number(room)];
  if (size?.kind === 'number' && size.value === 0) return false;
  if (entry.format === undefined) return true;
  const texts = printed(call, entry, /[sS[]/);
  return texts === undefined || texts.size > 0;
}
