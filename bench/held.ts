/** What the lowered graph of a function holds, in words, and of which words of the text. */
import type { Ex, FlowFunction } from '../server/src/engine/flow/ir.js';
import { render } from '../server/src/engine/flow/render.js';

/** Offsets at which a word begins or ends that an expression holds, and words of types. */
export interface Seen {
  readonly starts: Set<number>;
  readonly ends: Set<number>;
  readonly words: Set<string>;
}

/** Says each instruction and condition at its offset, and notes the words that stand in them. */
export function tell(
  func: FlowFunction,
  text: string,
  say: (offset: number, what: string) => void,
  seen: Seen,
): void {
  const vars = func.vars.map((each) => (each.n === '' ? { ...each, n: '$' } : each));
  const readable = { ...func, vars };
  const out = (ex: Ex): string => render(ex, readable);
  if (func.given !== undefined) say(func.start, `GIVEN UP: ${func.given}`);
  for (const { t } of func.vars) collect(t, seen);
  for (const { d } of func.vars) if (d) collect(d, seen);
  for (const { i, c, l } of func.blocks) {
    for (const each of i) {
      collect(each, seen);
      // A declarator spans stars and brackets, the name somewhere among them.
      const declared = each[0] === 'd' ? each[3] : each[0] === '=' && each[3][0] === 'v' ? each[3][3] : -1;
      const name = vars[declared]?.n;
      if (name !== undefined) seen.starts.add(text.indexOf(name, each[1]));
      switch (each[0]) {
        case '=':
          say(each[1], `${out(each[3])} = ${out(each[4])}`);
          break;
        case 'k':
          say(
            each[1],
            `${each[3] < 0 ? '' : `${vars[each[3]]?.n ?? ''} = `}call ${out(each[4])}(${each[5].map(out).join(', ')})`,
          );
          break;
        case 'r':
          say(each[1], each[3] ? `return ${out(each[3])}` : 'return');
          break;
        case 'e':
          say(each[1], `drop ${out(each[3])}`);
          break;
        case 'd':
          say(each[1], `var ${vars[each[3]]?.n ?? ''}`);
      }
    }
    if (!c) continue;
    collect(c, seen);
    say(c[1], `${l ? 'loop' : 'if'} ${out(c)}`);
  }
}

function collect(part: unknown, seen: Seen): void {
  if (typeof part === 'string') for (const word of part.match(/\w+/g) ?? []) seen.words.add(word);
  if (!Array.isArray(part)) return;
  const [kind, start, end, ...rest] = part as [unknown, unknown, unknown, ...unknown[]];
  if (typeof start === 'number' && typeof end === 'number' && typeof kind === 'string') {
    if (kind === '?') return;
    seen.starts.add(start);
    seen.ends.add(end);
    // What a field is called is seen where it stands; a type or a key is seen wherever it is written.
    const inner =
      kind === 'c' || kind === 'z' || kind === 'o' ? rest : rest.filter((each) => typeof each !== 'string');
    for (const each of inner) collect(each, seen);
  } else for (const each of part) collect(each, seen);
}
