/** The measuring data is well formed, and the parts that read it do what its comments say. */
import assert from 'node:assert/strict';
import {
  fixes,
  labelMapping,
  measurements,
  planned,
  readAll,
  readings,
  readOne,
  readText,
  verdicts,
} from '../bench/data.js';
import { type Label, labelsIn } from '../bench/label-lines.js';
import { functionAt } from '../bench/functions.js';

describe('measuring data', () => {
  it('maps labels by a schema, with reasons for what is out of scope', () => {
    const files = readAll('labels', labelMapping);
    assert.deepEqual(
      files.map(({ name }) => name),
      ['cert-c.yaml', 'semgrep-c.yaml'],
    );
  });

  it('lists fixes by a schema, spread over repositories and weaknesses', () => {
    const least: Record<string, number> = { 'c.yaml': 60, 'ts.yaml': 25 };
    for (const { name, data } of readAll('fixes', fixes)) {
      assert.ok(data.length >= (least[name] ?? Infinity), name);
      assert.ok(largest(data.map(({ repo }) => repo)) <= data.length / 4, `${name}: one repository rules`);
      assert.ok(
        largest(data.map(({ weakness }) => weakness)) <= data.length / 3,
        `${name}: one weakness rules`,
      );
    }
  });

  it('takes fixes from no repository that precision is measured on', () => {
    const kept =
      /^(RIOT-OS\/RIOT|espressif\/esp-idf|eclipse.*\/mosquitto|Koenkk\/zigbee2mqtt|mqttjs\/MQTT\.js)$/;
    const taken = readAll('fixes', fixes).flatMap(({ data }) => data.filter(({ repo }) => kept.test(repo)));
    assert.deepEqual(taken, []);
  });

  it('keeps verdicts by a schema, each finding once in all files', () => {
    const all = readAll('precision', verdicts).flatMap(({ data }) => data);
    assert.ok(verdicts.safeParse(all).success);
  });

  it('keeps fifty functions read of each of four trees', () => {
    assert.deepEqual(
      readAll('reading', readings).map(({ name, data }) => [name, data.functions.length]),
      ['RIOT.yaml', 'esp-idf.yaml', 'mosquitto.yaml', 'mynewt-core.yaml'].map((name) => [name, 50]),
    );
  });

  it('keeps what was found of weaknesses that others know of', () => {
    assert.ok(readOne('recall.yaml', measurements).length > 0);
    assert.ok(
      !measurements.safeParse([
        { on: 'some tests', found: 3, of: 2, measured: '2026-01-01', command: 'npm test' },
      ]).success,
    );
  });

  it('plans no id twice', () => {
    assert.equal(new Set(planned).size, planned.length);
  });
});

describe('a malformed data file is refused', () => {
  const verdict = [
    '- rule: tls-verify-off',
    '  repo: somebody/something',
    `  commit: ${'a'.repeat(40)}`,
    '  path: main.c',
    '  line: 3',
    '  verdict: right',
    '  reason: the peer is not verified',
  ].join('\n');

  for (const [what, text, why] of [
    ['an unknown rule', verdict.replace('tls-verify-off', 'no-such-rule'), 'no-such-rule is no rule'],
    ['an unknown verdict', verdict.replace('right', 'perhaps'), 'verdict'],
    ['a field too many', `${verdict}\n  mood: good`, 'mood'],
    ['a missing field', verdict.replace('  line: 3\n', ''), 'line'],
    ['a shortened commit', verdict.replace('a'.repeat(40), 'abc123'), 'a whole commit id'],
    ['the same finding twice', `${verdict}\n${verdict}`, 'twice'],
    ['broken YAML', `${verdict}\n  line: [`, 'YAML'],
  ] as const)
    it(what, () => {
      const read = readText(text, verdicts);
      assert.ok(!read.ok);
      assert.match(read.why, new RegExp(why));
    });

  for (const [what, told, complete] of [
    ['says what is missing of a whole function', '\n    missing: the last return', true],
    ['does not say what is missing', '', false],
  ] as const)
    it(`a reading that ${what}`, () => {
      const head = `repo: a/b\ncommit: ${'a'.repeat(40)}\nseed: 1\nfunctions:\n  - function: f\n    at: a.c:1`;
      assert.ok(!readText(`${head}\n    complete: ${String(complete)}${told}`, readings).ok);
      assert.ok(readText(`${head}\n    complete: ${String(!complete)}${told}`, readings).ok);
    });

  it('an exception that names no file of its row', () => {
    const row = { rule: 'x', weakness: 'something weak', cwe: [], files: ['a.c', 'b.c'], scope: 'in' };
    const read = labelMapping.safeParse({
      source: 'somebody/something',
      commit: 'a'.repeat(40),
      license: 'MIT',
      marks: 'line before',
      rows: [
        { ...row, rules: ['gets-used'], labels: 'harm', except: [{ line: 3, because: 'not weak at all' }] },
      ],
    });
    assert.ok(!read.success);
  });
});

describe('labels in test files', () => {
  const spans = (labels: readonly Label[]): string[] =>
    labels.map(({ weak, line, first, last }) =>
      [weak ? 'weak' : 'sound', line, `${String(first)}-${String(last)}`].join(' '),
    );

  it('stand before the code they label, comments and blank lines skipped', () => {
    const text = '// ruleid: a\n// why\n\ngets(s);\n// ok: a\nfgets(s, 3, f);\n// todoruleid: a\ngets(t);';
    assert.deepEqual(spans(labelsIn(text, 'line before')), ['weak 4 4-4', 'sound 6 6-6']);
  });

  it('hold for the whole statement, and for the head of an if alone', () => {
    const text = '// ruleid: a\nmemcpy(a,\n  b, // ; )\n  n);\n// ruleid: a\nif (f(a,\n  b))\n  g();';
    assert.deepEqual(spans(labelsIn(text, 'line before')), ['weak 2 2-4', 'weak 6 6-7']);
  });

  it('stand behind the code they label', () => {
    const text =
      'f(1,\n  ";",\n  2); // NON_COMPLIANT - why\ng(); // COMPLIANT[FALSE_POSITIVE]\nh(); // NON-COMPLIANT';
    assert.deepEqual(spans(labelsIn(text, 'same line')), ['weak 3 1-3', 'sound 4 4-4', 'weak 5 5-5']);
  });

  it('hold for the block behind whose brace they stand', () => {
    const text = 'if (x) {\n  strcpy(a, b);\n} // NON_COMPLIANT';
    assert.deepEqual(spans(labelsIn(text, 'same line')), ['weak 3 1-3']);
  });
});

describe('the function that a fix names', () => {
  const text = 'int a(void) {\n  return 1;\n}\n\nint b(void) {\n  return 2;\n}\nint c;\n';
  const lines = async (line: number, name?: string): Promise<string> => {
    const { first, last } = await functionAt('x.c', text, line, name);
    return `${String(first)}-${String(last)}`;
  };

  it('is found by its name, else by the line', async () => {
    assert.equal(await lines(2, 'b'), '5-7');
    assert.equal(await lines(2, 'gone'), '1-3');
    assert.equal(await lines(6), '5-7');
  });

  it('is the code around a line that lies in none', async () => {
    assert.equal(await lines(8), '1-38');
  });
});

function largest(values: readonly string[]): number {
  return Math.max(...values.map((value) => values.filter((each) => each === value).length));
}
