/** Texts with marks round every place where something arrives or happens, over a made-up library of both languages. */
import assert from 'node:assert/strict';
import { catalogue } from '../../rules/index.js';
import type { FlowEventName, Rule } from '../../rules/kit/index.js';
import { Apis, apiTable } from '../../server/src/engine/apis.js';
import type { RawProblem } from '../../server/src/engine/lint.js';
import { oneProduct } from './one-product.js';
import { RuleSet } from '../../server/src/engine/rule-set.js';
import { readMarks } from './examples.js';

/**
 * In C: `wire` brings bytes into a buffer and gives their number, `wire_u32` brings a number, `on_wire` registers who is
 * given bytes; `copy`, `get`, `drop`, `grow` and `run` are memcpy, malloc, free, realloc and system. In TypeScript `gadget.read` and what
 * a device sends come from the wire, and `gadget.run` takes a command.
 */
const TABLES = [
  {
    framework: 'flowing-c',
    lang: 'c',
    source: 'made up',
    calls: {
      wire: {
        source: { '0': 'wire' },
        fills: { '0': '1' },
        bounds: ['return <= 1'],
        fails: 'negative',
        sink: { '1': 'a read length' },
      },
      wire_u32: { source: { return: 'wire' } },
      on_wire: { source: { '0.0': 'wire', '0.1': 'wire' }, flow: [] },
      copy: { flow: ['1 -> 0'], sink: { '2': 'a copy length' }, fills: { '0': '2' } },
      get: { flow: [], allocates: '0', fails: 'null', sink: { '0': 'an allocation size' } },
      drop: { flow: [], frees: [0] },
      grow: { flow: ['0 -> return'], allocates: '1', fails: 'null', frees: [0] },
      run: { flow: [], sink: { '0': 'a command' } },
      print: { flow: ['3.. -> 0'], format: 2, fills: { '0': '1' } },
      swap: { flow: ['0 -> return'], cleans: { return: ['text'] } },
      quote: { flow: ['0 -> return'], cleans: { return: ['a command'] } },
      same: { flow: [], equal: [0, 1] },
      begins: { flow: [], prefix: [0, 1] },
      holds: {
        flow: ['0 -> return'],
        refuses: [{ at: '0', when: { '1': ['..'] }, of: ['a file path'] }],
      },
      open_file: { flow: [], sink: { '0': 'a file path' } },
      call_url: { flow: [], sinks: [{ role: 'a request URL', at: '1', when: { '0': ['URL'] } }] },
      number: { flow: ['0 -> return'], cleans: { return: ['text'] } },
      MIN: { flow: ['0 -> return', '1 -> return'] },
      die: { exits: true },
      end_task: { exits: true, when: { '0': ['0'] } },
      log: { flow: [], reads: true },
      demand: { holds: 0 },
      look: { flow: [], reads: true },
      fetch_named: { named: { '1': '0' }, flow: [] },
      show: { flow: [], format: 0, sink: { '1..': 'a readable log' } },
      wipe: { flow: [], wipes: [0] },
    },
    types: { packet_t: { source: { len: 'wire', data: 'wire' } } },
    entries: { handle_wire: { '0': 'wire' } },
  },
  {
    framework: 'flowing-ts',
    lang: 'ts',
    source: 'made up',
    calls: {
      'gadget.read': { source: { return: 'wire' } },
      'gadget.connect': { returns: 'gadget.Device' },
      'gadget.Device#on': { source: { '1.0': 'wire', '1.1': 'wire' }, when: { '0': ['message'] } },
      'gadget.route': { callbacks: { '1': ['gadget.Request'] } },
      'gadget.run': { sink: { '0': 'a command' }, flow: [] },
      'gadget.open': { sink: { '0': 'a file path' }, flow: [] },
      'gadget.resolve': {
        flow: ['0.. -> return'],
        cleans: { return: ['a dotted path'] },
        about: '0',
      },
      'gadget.call': {
        sinks: [
          { role: 'a request URL', at: '0' },
          { role: 'a request URL', at: '0.url' },
        ],
      },
      'gadget.start': {
        flow: [],
        sinks: [
          { role: 'a command', at: '1', when: { '2.shell': ['*'] } },
          { role: 'a command', at: '1', when: { '0': ['sh'], '2.safe': [] } },
        ],
      },
      'gadget.Answer#kind': {
        marks: [{ at: 'this', as: 'plain', when: { '0': ['!html'] } }],
        gives: 'this',
        returns: 'gadget.Answer',
      },
      'gadget.Answer#send': { sinks: [{ role: 'an HTML page', at: '0', unmarked: ['this', 'plain'] }] },
      'gadget.answer': { returns: 'gadget.Answer' },
      'gadget.quote': { flow: ['0 -> return'], cleans: { return: ['a command'] } },
      'gadget.valid': { flow: [], checks: { '0': ['*'] } },
      'gadget.Device': {},
      'gadget.show': { sink: { '0': 'a readable log' }, flow: [] },
      'gadget.send': { sink: { '1': 'a plain channel' }, address: 0, flow: [] },
    },
    types: {
      'gadget.Answer': {},
      'gadget.Device': {},
      'gadget.Settings': { named: true, fields: { '*': 'gadget.Settings' } },
      'gadget.Request': { source: { body: 'wire', query: 'wire' } },
    },
    values: {
      'gadget.settings': { source: 'wire' },
      'gadget.kept': { source: 'environment', type: 'gadget.Settings' },
    },
  },
];
const tables = [
  ...TABLES,
  ...catalogue.tables.filter((table) => (table as { framework: string }).framework === 'ecmascript'),
].map((table) => apiTable.parse(table));
export const apis = { c: new Apis(tables, 'c'), ts: new Apis(tables, 'ts') };

const EVENTS: readonly FlowEventName[] = [
  'use-after-free',
  'double-free',
  'index-out-of-bounds',
  'copy-out-of-bounds',
  'negative-length',
  'unchecked-allocation',
  'leak-on-return',
];

/** A rule that hears all that arrives, or these events. */
function madeUp(events: readonly FlowEventName[]): Rule {
  const state = Object.fromEntries(
    events.map((name) => [
      name,
      (event: { at: RawProblem['at']; sure: boolean }) => event.sure && { at: event.at, says: name },
    ]),
  );
  const to = [
    'a copy length',
    'an allocation size',
    'an index',
    'a command',
    'a read length',
    'a stack size',
    'a readable log',
    'a plain channel',
    'a file path',
    'a request URL',
    'an HTML page',
    'a nested key',
  ];
  const flow = { from: ['wire', 'a secret'], to, says: (_: unknown, sink: { role: string }) => sink.role };
  return {
    id: 'made-up',
    title: 'made up',
    severity: 'warning',
    heading: 5,
    provisions: ['5.5-1'],
    cwe: [],
    why: '',
    attack: '',
    instead: '',
    any: events.length > 0 ? { state } : { flow },
    bad: [],
    good: [],
  };
}

export type Files = string | Readonly<Record<string, string>>;

export interface Flowed {
  readonly problems: readonly RawProblem[];
  readonly notices: readonly string[];
}

/** What arrives in these files, or which events happen there. */
export async function flowed(
  files: Readonly<Record<string, string>>,
  events: readonly FlowEventName[] = [],
): Promise<Flowed> {
  const project = await oneProduct(files, new RuleSet([madeUp(events)], apis));
  const answers = project.results().flatMap((result) => result.answers);
  project.dispose();
  return {
    problems: answers.flatMap((each) => each.problems),
    notices: answers.flatMap((each) => each.notices.map(({ reason }) => reason)),
  };
}

/** One test a row: «marks» stand where something arrives, and nowhere else. */
export function marked(
  name: 'main.c' | 'main.ts',
  rows: Readonly<Record<string, Files>>,
  frame: (code: string) => string = (code) => code,
  events: readonly FlowEventName[] = [],
): void {
  for (const [behaviour, given] of Object.entries(rows))
    it(behaviour, async () => {
      const sources = typeof given === 'string' ? { [name]: frame(given) } : given;
      const read = Object.fromEntries(Object.entries(sources).map(([file, text]) => [file, readMarks(text)]));
      const texts = Object.fromEntries(Object.entries(read).map(([file, { text }]) => [file, text]));
      const { problems, notices } = await flowed(texts, events);
      assert.deepEqual(notices, []);
      for (const [file, { text, expected }] of Object.entries(read)) {
        const places = new Map(
          problems
            .filter(({ at }) => at.file === file)
            .map(({ at }) => [`${String(at.start)}-${String(at.end)}`, at]),
        );
        assert.equal(withMarks(text, [...places.values()]), expected, file);
      }
    });
}

/** Every event that the tests of memory look at. */
export { EVENTS };

function withMarks(
  text: string,
  places: readonly { readonly start: number; readonly end: number }[],
): string {
  const marks = places
    .flatMap(({ start, end }) => [
      { offset: start, mark: '«', order: 1 },
      { offset: end, mark: '»', order: 0 },
    ])
    .sort((a, b) => b.offset - a.offset || b.order - a.order);
  return marks.reduce(
    (result, { offset, mark }) => result.slice(0, offset) + mark + result.slice(offset),
    text,
  );
}
