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
