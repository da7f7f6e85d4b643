/** Every rule keeps the promises of its own examples. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import type { Example, Rule } from '../rules/kit/index.js';
import { filesOf, fixAll, lintWith, markFindings, readMarks } from './support/examples.js';

for (const rule of catalogue.rules) {
  describe(rule.id, () => {
    rule.bad.forEach((example, index) => {
      it(`reports bad example ${String(index + 1)}`, async () => {
        const findings = await expectMarks(rule, example);
        assert.ok(findings > 0, 'a bad example holds at least one mark');
      });
    });
    rule.good.forEach((example, index) => {
      it(`stays silent on good example ${String(index + 1)}`, async () => {
        await expectMarks(rule, example);
        await expectGuards(rule, example);
      });
    });
  });
}

async function expectMarks(rule: Rule, example: Example): Promise<number> {
  const marked = Object.fromEntries(
    Object.entries(filesOf(example)).map(([file, text]) => [file, readMarks(text)]),
  );
  const files = Object.fromEntries(Object.entries(marked).map(([file, { text }]) => [file, text]));
  const { findings, evidence, notices } = await lintWith(rule, files);
  assert.deepEqual(
    notices.map(({ file, reason }) => `${file}: ${reason}`),
    [],
    'the example is read without notices',
  );
  for (const [file, { text, expected }] of Object.entries(marked))
    assert.equal(markFindings(file, text, findings), expected, file);
  if (example.shows !== undefined)
    assert.ok(
      evidence.some((shown) => shown.provision === example.shows),
      `evidence for ${example.shows}`,
    );
  if (example.becomes !== undefined) {
    const fixed = fixAll(files, findings);
    assert.equal(Object.values(fixed)[0], example.becomes);
    const again = await lintWith(rule, fixed);
    const left = again.findings.filter((finding) => finding.fixes.length > 0);
    assert.deepEqual(left, [], 'a second run has nothing to fix');
  }
  return findings.length;
}

/** A good example without its guard is a bad one. */
async function expectGuards(rule: Rule, example: Example): Promise<void> {
  const sources = filesOf(example);
  for (const [file, source] of Object.entries(sources)) {
    const { text, guards } = readMarks(source);
    for (const { start, end } of guards) {
      const files = Object.fromEntries(
        Object.entries(sources).map(([name, each]) => [name, readMarks(each).text]),
      );
      files[file] = text.slice(0, start) + text.slice(end);
      const { findings } = await lintWith(rule, files);
      assert.ok(findings.length > 0, `without the guard \`${text.slice(start, end)}\` the rule speaks`);
    }
  }
}
