/** A made-up rule over made-up texts and tables: what the engine lets a rule see, without any rule that ships. */
import assert from 'node:assert/strict';
import type {
  Answer,
  Call,
  Expr,
  Listeners,
  Option,
  Placed,
  ProvisionId,
  Rule,
  Setting,
  Thing,
} from '../../rules/kit/index.js';
import { Apis, apiTable } from '../../server/src/engine/apis.js';
import type { RawProblem } from '../../server/src/engine/lint.js';
import { RuleSet } from '../../server/src/engine/rule-set.js';
import type { ProductProject } from '../../server/src/project/project.js';
import { oneProduct } from './one-product.js';

const MODES = {
  off: ['MODE_OFF', '0', 'none', 'false'],
  weak: ['<2048', 'MODE_WEAK'],
  on: ['MODE_ON', 'full', 'true', '*'],
};

/**
 * A made-up library in both languages: `use` takes anything and tells nothing, `gadget_start` and `gadget.open` take
 * options, `gadget.Device` is what they give, `GADGET_CHECK` checks a result.
 */
const TABLES = [
  {
    framework: 'gadget-c',
    lang: 'c',
    source: 'made up',
    calls: {
      use: { reads: true },
      gadget_start: { options: { '0': 'gadget_config_t' }, returns: 'gadget_handle_t' },
      gadget_set_mode: { settings: [{ role: 'gadget.mode', at: 1, values: MODES }] },
      gadget_setopt: {
        settings: [{ role: 'gadget.mode', at: 2, when: { '1': ['OPT_MODE'] }, values: MODES }],
      },
      gadget_go_weak: { settings: [{ role: 'gadget.mode', means: 'weak' }] },
    },
    types: {
      gadget_config_t: {
        kind: 'gadget-options',
        settings: {
          mode: { role: 'gadget.mode', values: MODES },
          'net.mode': { role: 'gadget.mode', values: MODES },
        },
      },
      'struct gadget': { kind: 'gadget-options' },
    },
    globals: { gadget_defaults: 'gadget_config_t' },
    checking: ['GADGET_CHECK'],
  },
  {
    framework: 'gadget-ts',
    lang: 'ts',
    source: 'made up',
    calls: {
      'gadget.use': { reads: true },
      'gadget.open': {
        options: { '1': 'gadget.Options' },
        returns: 'gadget.Device',
        settings: [{ role: 'gadget.mode', at: 0, values: MODES }],
      },
      'gadget.Device#send': {},
      'gadget.Device#on': { callbacks: { '*': ['gadget.Event', 'gadget.Device'] } },
      'gadget.Device#with': { returns: 'gadget.Device' },
      'gadget.Device': {},
      'gadget.Event#stop': {},
    },
    types: {
      'gadget.Options': {
        kind: 'gadget-options',
        settings: {
          mode: { role: 'gadget.mode', values: MODES },
          'net.mode': { role: 'gadget.mode', values: MODES },
        },
      },
      'gadget.Device': {},
      'gadget.Event': {},
    },
  },
].map((table) => apiTable.parse(table));

/** What a made-up rule says of each thing it hears; silence is undefined. */
export interface Says {
  readonly call?: Record<string, (call: Call) => string | undefined>;
  readonly setting?: Record<string, (setting: Setting) => string | undefined>;
  readonly thing?: Record<string, (thing: Thing) => string | undefined>;
  readonly option?: Record<string, (option: Option) => string | undefined>;
  readonly shape?: {
    pattern: string;
    needs: string[];
    judge: (captures: Readonly<Record<string, Expr>>) => string | undefined;
  }[];
  readonly literal?: { needs: string[]; judge: (literal: Expr) => string | undefined }[];
}

export type Files = string | Readonly<Record<string, string>>;

/** A C text is one file `main.c`; several files are given by path. */
export async function seenInC(files: Files, says: Says): Promise<string[]> {
  return said(await heard(typeof files === 'string' ? { 'main.c': files } : files, says));
}

/** A TypeScript text is one file `main.ts`; several files are given by path. */
export async function seenInTs(files: Files, says: Says): Promise<string[]> {
  return said(await heard(typeof files === 'string' ? { 'main.ts': files } : files, says));
}

function said(problems: readonly RawProblem[]): string[] {
  return problems.map(({ problem }) => problem.says ?? '');
}

export interface Hearing {
  readonly problems: readonly RawProblem[];
  readonly gaps: number;
  readonly project: ProductProject;
}

export async function heard(
  files: Readonly<Record<string, string>>,
  says: Says,
): Promise<readonly RawProblem[]> {
  return (await hear(files, says)).problems;
}

/** All that the made-up rule says, in order of file and place. A crash of the engine or of the rule fails the test. */
export async function hear(files: Readonly<Record<string, string>>, says: Says): Promise<Hearing> {
  const apis = { c: new Apis(TABLES, 'c'), ts: new Apis(TABLES, 'ts') };
  const project = await oneProduct(files, new RuleSet([madeUp(says)], apis));
  const results = project.results();
  const notices = results.flatMap((result) => result.answers.flatMap((answers) => answers.notices));
  assert.deepEqual(
    notices.map((notice) => notice.reason),
    [],
  );
  const problems = results.flatMap((result) => result.answers.flatMap((answers) => answers.problems));
  return {
    problems: [...problems].sort(
      (a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) || a.at.start - b.at.start,
    ),
    gaps: results.reduce((sum, { facts }) => sum + (facts?.gaps.length ?? 0), 0),
    project,
  };
}

function madeUp(says: Says): Rule {
  const at =
    <Subject extends Placed>(judge: (subject: Subject) => string | undefined) =>
    (subject: Subject): Answer => {
      const words = judge(subject);
      return words !== undefined && { at: subject, says: words };
    };
  const each = <Subject extends Placed>(
    listeners: Record<string, (subject: Subject) => string | undefined> | undefined,
  ): Record<string, (subject: Subject) => Answer> =>
    Object.fromEntries(Object.entries(listeners ?? {}).map(([name, judge]) => [name, at(judge)]));
  const listeners: Listeners = {
    call: each(says.call),
    setting: Object.fromEntries(
      Object.entries(says.setting ?? {}).map(([role, judge]) => [
        role,
        (setting: Setting): Answer => {
          const words = judge(setting);
          return words !== undefined && { at: setting.value, says: words };
        },
      ]),
    ),
    thing: each(says.thing),
    option: each(says.option),
    literal: (says.literal ?? []).map(({ needs, judge }) => ({ needs, judge: at(judge) })),
    shape: (says.shape ?? []).map(({ pattern, needs, judge }) => ({
      pattern,
      needs,
      judge: (captures): Answer => {
        const words = judge(captures);
        const first = Object.values(captures)[0];
        return words !== undefined && first !== undefined && { at: first, says: words };
      },
    })),
  };
  const provision: ProvisionId = '5.5-1';
  return {
    id: 'made-up',
    title: 'made up',
    severity: 'warning',
    heading: 5,
    provisions: [provision],
    cwe: [],
    why: '',
    attack: '',
    instead: '',
    any: listeners,
    bad: [],
    good: [],
  };
}

/** The listener of most tests: says each argument's value, `?` where it is unknown. */
export const valuesOf = (call: Call): string => call.args.map((argument) => argument.value ?? '?').join(' ');

/** The values that reach `use(…)` in C. */
export function valuesInC(files: Files): Promise<string[]> {
  return seenInC(files, { call: { use: valuesOf } });
}

/** The values that reach `use(…)` of `gadget` in TypeScript; a single text imports it by itself. */
export function valuesInTs(files: Files): Promise<string[]> {
  const whole = typeof files === 'string' ? `import { use } from 'gadget'; ${files}` : files;
  return seenInTs(whole, { call: { 'gadget.use': valuesOf } });
}

/** One test a row: the behaviour, the text and what the rule then says. */
export function rows(
  look: (files: Files) => Promise<string[]>,
  table: Readonly<Record<string, readonly [Files, ...string[]]>>,
): void {
  for (const [behaviour, [files, ...expected]] of Object.entries(table))
    it(behaviour, async () => {
      assert.deepEqual(await look(files), expected);
    });
}

/** Says of a struct or object whether all of it is known, and the values of its fields. */
export const contentsOf = (thing: Thing): string =>
  [
    thing.closed ? 'closed' : 'open',
    ...[...thing.fields].map(([field, { value }]) => `${field}=${value ?? '?'}`),
  ].join(' ');
