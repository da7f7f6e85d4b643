/** Whatever the graph: the analysis ends, says the same twice, and never throws. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FlowAnalysis } from '../../../server/src/engine/flow/flow.js';
import { packed } from '../../../server/src/engine/flow/packed.js';
import type { Ex, FlowBlock, FlowFunction, Instr } from '../../../server/src/engine/flow/ir.js';
import type { FileFacts } from '../../../server/src/engine/facts/model.js';
import { Linker } from '../../../server/src/engine/link/linker.js';
import { Product } from '../../../server/src/engine/link/product.js';
import { Resolver } from '../../../server/src/engine/link/resolve.js';
import { MacroTable } from '../../../server/src/engine/scan/macro-table.js';
import { apis } from '../../support/flowing.js';

const VARIABLES = 6;
const CALLEES = [
  'wire_u32',
  'wire',
  'copy',
  'get',
  'drop',
  'run',
  'look',
  'f0',
  'f1',
  'nobody',
  'die',
  'MIN',
];
const place = fc.nat(9999).map((start): [number, number] => [start, start + 1]);

const { expression } = fc.letrec<{ expression: Ex }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    place.chain((at) => fc.integer({ min: -2, max: 300 }).map((value): Ex => ['n', ...at, value])),
    place.chain((at) => fc.nat(VARIABLES - 1).map((variable): Ex => ['v', ...at, variable])),
    place.chain((at) => fc.constantFrom('g', 'LIMIT', 'f0').map((name): Ex => ['g', ...at, name])),
    place.map((at): Ex => ['?', ...at]),
    place.map((at): Ex => ['s', ...at, 'text']),
    fc
      .tuple(place, tie('expression'), fc.constantFrom('a', 'b'))
      .map(([at, of, name]): Ex => ['.', ...at, of, name]),
    fc
      .tuple(place, tie('expression'), tie('expression'))
      .map(([at, of, index]): Ex => ['[', ...at, of, index]),
    fc.tuple(place, tie('expression')).map(([at, of]): Ex => ['*', ...at, of]),
    fc.tuple(place, tie('expression')).map(([at, of]): Ex => ['&', ...at, of]),
    fc.tuple(place, tie('expression')).map(([at, of]): Ex => ['u', ...at, '!', of]),
    fc.tuple(place, tie('expression')).map(([at, of]): Ex => ['c', ...at, 'uint8_t', of]),
    fc
      .tuple(
        place,
        fc.constantFrom('+', '-', '*', '/', '<', '<=', '==', '!=', '&', '%', '<<'),
        tie('expression'),
        tie('expression'),
      )
      .map(([at, operator, left, right]): Ex => ['b', ...at, operator, left, right]),
    fc.tuple(place, tie('expression')).map(([at, value]): Ex => [
      'o',
      ...at,
      [
        ['a', value],
        ['[0]', value],
      ],
    ]),
  ),
}));

const instruction: fc.Arbitrary<Instr> = fc.oneof(
  fc.tuple(place, expression, expression).map(([at, target, value]): Instr => ['=', ...at, target, value]),
  fc
    .tuple(
      place,
      fc.integer({ min: -1, max: VARIABLES - 1 }),
      fc.constantFrom(...CALLEES),
      fc.array(expression, { maxLength: 3 }),
    )
    .map(([at, result, callee, args]): Instr => ['k', ...at, result, ['g', ...at, callee], args, 0]),
  fc.tuple(place, expression).map(([at, value]): Instr => ['r', ...at, value]),
  fc.tuple(place, expression).map(([at, value]): Instr => ['e', ...at, value]),
  fc.tuple(place, fc.nat(VARIABLES - 1)).map(([at, variable]): Instr => ['d', ...at, variable]),
);

const blocks = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.array(
    fc.record(
      {
        i: fc.array(instruction, { maxLength: 4 }),
        c: expression,
        t: fc.nat(count - 1),
        f: fc.nat(count - 1),
        x: fc.nat(count - 1),
      },
      { requiredKeys: ['i'] },
    ) as fc.Arbitrary<FlowBlock>,
    { minLength: count, maxLength: count },
  ),
);

const functions = fc.array(blocks, { minLength: 1, maxLength: 3 }).map((all): FlowFunction[] =>
  all.map((each, at) => ({
    start: at * 10_000,
    end: at * 10_000 + 9999,
    name: `f${String(at)}`,
    kind: 'function',
    params: 2,
    vars: [
      { n: 'p', t: 'struct s *' },
      { n: 'n', t: 'unsigned' },
      { n: 'q', t: 'char *' },
      { n: 'b', t: 'char', d: [['n', 0, 1, 16]] },
      { n: 's', t: 'struct s' },
      { n: '' },
    ],
    blocks: each,
  })),
);

function outcome(flow: readonly FlowFunction[], lang: 'c' | 'ts'): string {
  const facts: FileFacts = {
    lang,
    flow: flow.map((func) => packed(func)),
    functions: [],
    calls: [],
    variables: [],
    objects: [],
    imports: [],
    exports: [],
    literals: [],
    shapes: [],
    suppressions: [],
    conditions: [],
    gaps: [],
    functionsSeen: 0,
    functionsAnalysed: 0,
  };
  const product = new Product(new Map([['a.c', { file: 'a.c', facts }]]), new MacroTable(), apis);
  const roles = new Set(['a copy length', 'an index', 'a command', 'an allocation size']);
  const analysis = new FlowAnalysis(new Linker(new Resolver(product)), () => ({
    roles,
    events: new Set([
      'use-after-free',
      'double-free',
      'index-out-of-bounds',
      'leak-on-return',
      'unchecked-allocation',
    ]),
  }));
  Array.from(analysis.run());
  const failures = analysis.notices.filter(({ reason }) => reason.includes('failed'));
  assert.deepEqual(failures, []);
  return JSON.stringify([...analysis.results()]);
}

describe('the analysis of any graph', function () {
  this.timeout(60_000);
  for (const lang of ['c', 'ts'] as const)
    it(`ends and says the same twice, read as ${lang}`, () => {
      fc.assert(
        fc.property(functions, (flow) => {
          assert.equal(outcome(flow, lang), outcome(flow, lang));
        }),
        { numRuns: 100, seed: 7 },
      );
    });
});
