/** Which provisions the checklist's panel shows. */
import assert from 'node:assert/strict';
import { NOBODY, NO_FILTER, ownersOf, passes } from '../client/src/panel/filter.js';
import type { ChecklistRow } from '../server/src/checklist/model.js';

function row(change: Partial<ChecklistRow>): ChecklistRow {
  return {
    id: '5.2-1',
    labels: { 'v1.1.1': ['4.2-1'], 'v3.1.1': ['5.2-1'] },
    heading: 2,
    wording: 'Say publicly where weaknesses are reported.',
    status: 'mandatory',
    canShow: 'no',
    applies: { is: 'yes', because: '' },
    standing: 'open',
    findings: [],
    evidence: [],
    ...change,
  };
}

const owned = row({
  standing: 'declared',
  declaration: {
    declared: 'met',
    because: 'the web page',
    by: 'Ada',
    on: '2026-01-02',
    owner: 'Grace',
    evidence: [],
  },
});

describe('the filter of the checklist panel', () => {
  it('shows all without a wish', () => {
    assert.ok(passes(row({}), NO_FILTER));
  });

  it('goes by standing, status and heading together', () => {
    const wanted = { ...NO_FILTER, standing: 'open', status: 'mandatory', heading: '2' };
    assert.ok(passes(row({}), wanted));
    assert.ok(!passes(row({ standing: 'violated' }), wanted));
    assert.ok(!passes(row({ status: 'recommended' }), wanted));
    assert.ok(!passes(row({ heading: 3 }), wanted));
  });

  it('goes by owner, and finds what nobody owns', () => {
    assert.ok(passes(owned, { ...NO_FILTER, owner: 'Grace' }));
    assert.ok(!passes(row({}), { ...NO_FILTER, owner: 'Grace' }));
    assert.ok(passes(row({}), { ...NO_FILTER, owner: NOBODY }));
    assert.ok(!passes(owned, { ...NO_FILTER, owner: NOBODY }));
    assert.deepEqual(ownersOf([row({}), owned, owned]), ['Grace']);
  });

  it('goes by the headings of which another standard speaks', () => {
    const speaks = { id: 'psti', title: 'PSTI', sectors: [], levels: [], headings: [1, 2] as const };
    const wanted = { ...NO_FILTER, standard: 'psti' };
    assert.ok(passes(row({}), wanted, [speaks]));
    assert.ok(!passes(row({ heading: 3 }), wanted, [speaks]));
    assert.ok(passes(row({ heading: 3 }), wanted), 'what is not known yet takes nothing away');
  });

  it('searches every word, in any case, in wording, labels and what is declared', () => {
    for (const search of ['WEAKNESSES publicly', '4.2-1', 'web ada', ' grace '])
      assert.ok(passes(owned, { ...NO_FILTER, search }), search);
    assert.ok(!passes(owned, { ...NO_FILTER, search: 'weaknesses elsewhere' }));
  });
});
