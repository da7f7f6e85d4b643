/** What a rule sees of C text that macros and conditions make hard to read. */
import { catalogue } from '../../rules/index.js';
import type { Call } from '../../rules/kit/index.js';
import { Apis, apiTable } from '../../server/src/engine/apis.js';
import { Masks } from '../../server/src/engine/cfront/masks.js';
import { CText } from '../../server/src/engine/cfront/ctext.js';
import { scanC } from '../../server/src/engine/scan/scan.js';
import { Engine, type Memory } from '../../server/src/engine/engine.js';
import type { FileFacts } from '../../server/src/engine/facts/model.js';
import { RuleSet } from '../../server/src/engine/rule-set.js';
import { grammars } from './grammars.js';
import { type Files, hear, valuesOf } from './seen.js';

/** `function: values` of each `use(…)`, its condition behind it, and a line for each stretch that could not be read. */
export async function usesIn(files: Files): Promise<string[]> {
  const { problems, gaps } = await hear(typeof files === 'string' ? { 'main.c': files } : files, {
    call: { use: (call: Call) => valuesOf(call) },
  });
  return [
    ...problems.map(
      ({ func, problem, condition }) =>
        `${func ?? '-'}: ${problem.says ?? ''}${condition === undefined ? '' : ` if ${condition}`}`,
    ),
    ...Array<string>(gaps).fill('a gap'),
  ];
}

/** A body in a function. */
export const inF = (body: string): string => `int f(void) {\n${body}\n}\n`;

/** A text before it is parsed, under the masks that its own `#define`s teach. */
export function frontOf(text: string, own: readonly string[] = []): CText {
  return new CText(text, new Masks(scanC(text).macros, own));
}

const tables = catalogue.tables.map((table) => apiTable.parse(table));
const ruleSet = new RuleSet(catalogue.rules, { c: new Apis(tables, 'c'), ts: new Apis(tables, 'ts') });
const interest = ruleSet.interest('c', () => new Set(['use']));
const engine = new Engine(grammars);

/** Facts of a C text for all rules that ship, under the masks that its own `#define`s teach or others. */
export async function readC(
  text: string,
  masks: Masks = new Masks(scanC(text).macros),
  former?: Memory,
): Promise<{ facts: FileFacts; memory: Memory }> {
  return engine.read({ grammar: 'c', text, interest, masks, asked: [] }, former);
}
