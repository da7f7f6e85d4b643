import type { At, Option } from '../../../../rules/kit/index.js';

/** An option whose value stands at a place of its own; quotes are kept when it is set. */
export function optionAt(
  at: At,
  name: string,
  written: string,
  valueAt: At,
  spell = (to: string) => to,
): Option {
  const quote = /^(["']).*\1$/s.exec(written)?.[1] ?? '';
  return {
    name,
    value: quote === '' ? written : written.slice(1, -1),
    at,
    valueAt,
    set: (to) => ({ at: valueAt, text: quote + spell(to) + quote }),
  };
}
