/** What the product is decides which provisions apply to it. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import data from '../rules/standard/features.json' with { type: 'json' };
import type { Checklist, ChecklistRow } from '../server/src/checklist/model.js';
import { applicability } from '../server/src/checklist/profile.js';
import { Folder } from './support/cli.js';

const { provisions } = catalogue.standard;
const provision = (id: string) => {
  const found = provisions.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
};
const is = (id: string, profile: Record<string, boolean>): string => applicability(provision(id), profile).is;

describe('the profile of a product', () => {
  it('can answer every condition of the standard, with features that exist', () => {
    const keys = data.features.map(({ key }) => key);
    for (const { condition } of provisions)
      if (condition !== null) assert.ok(condition in data.conditions, condition);
    for (const condition of Object.values(data.conditions) as { needs?: string; unless?: string }[])
      for (const key of [condition.needs, condition.unless])
        if (key !== undefined) assert.ok(keys.includes(key), key);
    for (const feature of data.features)
      if ('within' in feature) assert.ok(keys.includes(feature.within), feature.within);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('says yes, no, or that nobody knows', () => {
    assert.equal(is('5.10-1', { telemetry: true }), 'yes');
    assert.equal(is('5.10-1', { telemetry: false }), 'no');
    assert.equal(is('5.10-1', {}), 'unknown');
    assert.equal(is('5.2-1', {}), 'yes', 'it applies to every product');
  });

  it('knows that without the one there is not the other', () => {
    assert.equal(is('5.8-2', { personalData: false }), 'no');
    assert.equal(is('5.3-10', { changeableSoftware: false }), 'no');
    assert.equal(is('5.3-10', { updates: true }), 'unknown');
  });

  it('lets a limit of resources excuse where the standard does, and nowhere else', () => {
    assert.equal(is('5.1-5', { networkLogins: true, constrained: false }), 'yes');
    assert.equal(is('5.1-5', { networkLogins: true, constrained: true }), 'no');
    assert.equal(is('5.1-5', { networkLogins: true }), 'unknown');
    assert.equal(is('5.3-2', { constrained: true }), 'no');
    assert.equal(is('5.4-1', { storedSecrets: true, constrained: true }), 'yes');
  });

  it('tells why', () => {
    assert.match(
      applicability(provision('5.10-1'), { telemetry: false }).because,
      /^it applies if telemetry .*skarp\.json says that this is not so \(telemetry: false\)$/,
    );
  });
});

describe('product in skarp.json', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'main/a.c': 'int answer(void) { return 42; }\n' });
  });
  afterEach(() => {
    folder.remove();
  });
  const row = (id: string): ChecklistRow | undefined =>
    (JSON.parse(folder.run(['checklist', '--format', 'json']).out) as Checklist).rows.find(
      (each) => each.id === id,
    );

  it('takes rows off the list, with the reason, and leaves the others', () => {
    folder.write('skarp.json', '{ "product": { "telemetry": false, "updates": true } } // ours\n');
    assert.equal(row('5.10-1')?.standing, 'not-applicable');
    assert.equal(row('5.3-3')?.standing, 'open');
    assert.equal(row('5.3-3')?.applies.is, 'yes');
    const { out } = folder.run(['checklist']);
    assert.match(out, /^ {2}5\.10-1 +not-applicable/m);
    assert.match(out.replace(/\s+/g, ' '), /says that this is not so \(telemetry: false\)/);
    assert.match(out, /under "product", for each of\n {2}passwords, /);
    assert.doesNotMatch(out.split('for each of')[1] ?? '', /telemetry|\bupdates\b/);
  });

  it('is refused where it holds something else, with the place', () => {
    folder.write('skarp.json', '{\n  "product": { "telemetry": "no" }\n}\n');
    const { status, err } = folder.run(['checklist']);
    assert.equal(status, 2);
    assert.match(err, /^skarp: skarp\.json:2:\d+: .*say true or false.*\n$/);
    folder.write('skarp.json', '{ "product": { "telemetri": true } }\n');
    assert.match(folder.run(['checklist']).err, /^skarp: skarp\.json:1:\d+: .*telemetri.*\n$/);
  });
});
