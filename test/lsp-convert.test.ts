/** Fixes as code actions, for clients of all abilities. */
import assert from 'node:assert/strict';
import type { Fix } from '../rules/kit/index.js';
import type { Finding } from '../server/src/engine/finding.js';
import { type Abilities, Converter, FIX_ALL } from '../server/src/lsp/convert.js';
import type { Snapshot } from '../server/src/lsp/snapshot.js';

const TEXT = 'a();\nb();\nc();\n';
const ALL = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };

function fix(title: string, start: number, text: string, safe: boolean): Fix {
  return { title, safe, edits: [{ at: { file: 'x.c', start, end: start + 1 }, text }] };
}

function finding(start: number, ...fixes: Fix[]): Finding {
  return {
    rule: `rule-${String(start)}`,
    severity: 'info',
    message: 'wrong',
    at: { file: 'x.c', start, end: start + 1 },
    product: '.',
    material: 'product',
    provisions: ['5.5-1'],
    headings: [5],
    cwe: [],
    fingerprint: String(start),
    path: [{ at: { file: 'x.c', start: 0, end: 1 }, says: 'from here' }],
    fixes,
  };
}

function converter(can: Partial<Abilities>, version: number | undefined, ...findings: Finding[]): Converter {
  const snapshot: Snapshot = {
    session: undefined,
    report: undefined,
    findings: new Map([['x.c', findings]]),
    gaps: new Map(),
    config: undefined,
    texts: new Map([['x.c', TEXT]]),
    open: new Map(version === undefined ? [] : [['x.c', { text: TEXT, version, uri: 'file:///x.c' }]]),
    edited: new Set(),
    configProblem: undefined,
  };
  const none = {
    relatedInformation: false,
    documentChanges: false,
    createFile: false,
    markdown: false,
    suppress: false,
    checklist: false,
  };
  return new Converter(snapshot, (file) => `file:///${file}`, { ...none, ...can });
}

describe('findings as LSP has them', () => {
  it('offers safe fixes first, and prefers only a safe one', () => {
    const findings = [finding(0, fix('guess', 0, 'A', false)), finding(5, fix('sure', 5, 'B', true))];
    const actions = converter({ documentChanges: true }, 7, ...findings).quickFixes('x.c', ALL);
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred]),
      [
        ['sure', true],
        ['guess', undefined],
      ],
    );
    assert.deepEqual(actions[0]?.edit?.documentChanges, [
      {
        textDocument: { uri: 'file:///x.c', version: 7 },
        edits: [
          { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } }, newText: 'B' },
        ],
      },
    ]);
  });

  it('fixes at once what is safe, once, and leaves out what gets in its way', () => {
    const findings = [
      finding(0, fix('guess', 0, 'A', false)),
      finding(5, fix('sure', 5, 'B', true)),
      finding(6, fix('the same', 5, 'B', true)),
      finding(7, fix('in its way', 5, 'C', true)),
    ];
    const action = converter({}, undefined, ...findings).fixAll('x.c');
    assert.equal(action?.kind, FIX_ALL);
    assert.deepEqual(
      action.edit?.changes?.['file:///x.c']?.map(({ newText }) => newText),
      ['B'],
    );
    assert.equal(converter({}, undefined, finding(0, fix('guess', 0, 'A', false))).fixAll('x.c'), undefined);
  });

  it('shows the way to a finding only to clients that can', () => {
    const [plain] = converter({}, undefined, finding(5)).diagnostics().get('x.c') ?? [];
    assert.equal(plain?.relatedInformation, undefined);
    const [told] =
      converter({ relatedInformation: true }, undefined, finding(5)).diagnostics().get('x.c') ?? [];
    assert.equal(told?.relatedInformation?.[0]?.message, 'from here');
    assert.equal(told.severity, 3);
  });
});
