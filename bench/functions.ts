/** Which lines of a text the functions in it take up. */
import { Apis } from '../server/src/engine/apis.js';
import { Masks } from '../server/src/engine/cfront/masks.js';
import { Engine, forget } from '../server/src/engine/engine.js';
import { Lines } from '../server/src/engine/lines.js';
import { RuleSet } from '../server/src/engine/rule-set.js';
import { scanC } from '../server/src/engine/scan/scan.js';
import { grammars } from '../test/support/grammars.js';

export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/** How far code around a line that lies in no function counts as being with it. */
const AROUND = 30;

const engine = new Engine(grammars);
const nothing = new RuleSet([], { c: new Apis([], 'c'), ts: new Apis([], 'ts') });

/**
 * The lines of the function of that name which holds the line or is nearest to it; without a name, or where the name is not
 * found, of the innermost function that holds the line, and where there is none, of the code around it.
 */
export async function functionAt(file: string, text: string, line: number, name?: string): Promise<Stretch> {
  const lang = /\.[ch]$/.test(file) ? 'c' : 'ts';
  const grammar = lang === 'c' ? 'c' : file.endsWith('.ts') ? 'typescript' : 'tsx';
  const interest = nothing.interest(lang, () => new Set());
  const masks = new Masks(lang === 'c' ? scanC(text).macros : []);
  const { facts, memory } = await engine.read({ grammar, text, interest, masks, asked: [] });
  forget(memory);
  const lines = new Lines(text);
  const all = facts.functions.map((each) => ({
    name: each.name,
    first: lines.position(each.start).line + 1,
    last: lines.position(each.end).line + 1,
  }));
  const far = ({ first, last }: Stretch): number => Math.max(first - line, line - last, 0);
  const size = ({ first, last }: Stretch): number => last - first;
  const named = all.filter((each) => each.name === name).sort((a, b) => far(a) - far(b) || size(a) - size(b));
  const around = all.filter((each) => far(each) === 0).sort((a, b) => size(a) - size(b));
  return named[0] ?? around[0] ?? { first: Math.max(1, line - AROUND), last: line + AROUND };
}
