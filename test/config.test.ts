/** `skarp.json`: which one holds where, and what a wrong one says. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import { parseConfig } from '../server/src/project/config.js';
import { ConfigError } from '../server/src/project/jsonc.js';
import { filesOf, readMarks } from './support/examples.js';
import { sessionOver } from './support/memory-host.js';

const BAD = "import { connect } from 'mqtt';\nconnect('mqtt://h');\n";

/** `file: severity` of every finding of one rule. */
async function severities(
  files: Record<string, string>,
  settings: object = { ruleSet: undefined },
): Promise<string[]> {
  const session = await sessionOver(files, settings);
  return session
    .outcome()
    .findings.filter(({ rule }) => rule === 'mqtt-cleartext')
    .map(({ at, severity }) => `${at.file}: ${severity}`);
}

async function errorOf(files: Record<string, string>): Promise<string> {
  try {
    await sessionOver(files);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    assert.ok(!error.message.includes('\n'), 'it is one line');
    return error.message;
  }
  return 'no error';
}

describe('skarp.json', () => {
  it('may hold comments and trailing commas', () => {
    assert.deepEqual(parseConfig('skarp.json', '{ // why\n  "ruleSet": "strict", /* so */\n}'), {
      ruleSet: 'strict',
    });
  });

  it('may be empty', () => {
    assert.deepEqual(parseConfig('skarp.json', '{}'), {});
  });

  it('sets the severity of a rule, off included', async () => {
    assert.deepEqual(await severities({ 'a.ts': BAD, 'skarp.json': '{"rules":{"mqtt-cleartext":"info"}}' }), [
      'a.ts: info',
    ]);
    assert.deepEqual(
      await severities({ 'a.ts': BAD, 'skarp.json': '{"rules":{"mqtt-cleartext":"off"}}' }),
      [],
    );
  });

  it('sets the severity of a heading; a rule named by itself wins', async () => {
    assert.deepEqual(await severities({ 'a.ts': BAD, 'skarp.json': '{"headings":{"5":"info"}}' }), [
      'a.ts: info',
    ]);
    assert.deepEqual(
      await severities({
        'a.ts': BAD,
        'skarp.json': '{"headings":{"5":"off"},"rules":{"mqtt-cleartext":"error"}}',
      }),
      ['a.ts: error'],
    );
  });

  it('overrides some files, as paths below its folder', async () => {
    const files = {
      'app/a.ts': BAD,
      'app/tools/b.ts': BAD,
      'app/skarp.json':
        '{"rules":{"mqtt-cleartext":"error"},"overrides":[{"files":"tools/**","rules":{"mqtt-cleartext":"off"}}]}',
    };
    assert.deepEqual(await severities(files), ['app/a.ts: error']);
  });

  it('holds for its folder; the nearest one wins', async () => {
    const files = {
      'a.ts': BAD,
      'skarp.json': '{"rules":{"mqtt-cleartext":"info"}}',
      'sub/b.ts': BAD,
      'sub/deep/c.ts': BAD,
      'sub/skarp.json': '{"rules":{"mqtt-cleartext":"error"}}',
    };
    assert.deepEqual(await severities(files), ['a.ts: info', 'sub/b.ts: error', 'sub/deep/c.ts: error']);
  });

  it('takes over from the ones it extends, the later ones first, and wins itself', async () => {
    const files = {
      'a.ts': BAD,
      'base/one.json': '{"rules":{"mqtt-cleartext":"info"}}',
      'base/two.json': '{"extends":"./one.json"}',
      'skarp.json': '{"extends":["./base/two.json"]}',
    };
    assert.deepEqual(await severities(files), ['a.ts: info']);
    assert.deepEqual(
      await severities({
        ...files,
        'skarp.json': '{"extends":"base/two.json","rules":{"mqtt-cleartext":"error"}}',
      }),
      ['a.ts: error'],
    );
  });

  it('keeps files from being read', async () => {
    const files = { 'a.ts': BAD, 'gen/b.ts': BAD, 'skarp.json': '{"ignore":["gen/"]}' };
    const [only, ...others] = await severities(files);
    assert.ok(only?.startsWith('a.ts'));
    assert.deepEqual(others, []);
  });

  it('chooses the rule set, and the command line wins', async () => {
    const files = { 'a.ts': BAD, 'skarp.json': '{"ruleSet":"audit"}' };
    const [audit, asked] = await Promise.all([
      sessionOver(files, { ruleSet: undefined } as object),
      sessionOver(files, { ruleSet: 'default' }),
    ]);
    assert.ok(audit.rulesOn().length > asked.rulesOn().length);
  });
});

describe('a skarp.json that is wrong', () => {
  it('lets every control be seen, also by rules beyond the set, unless it has them off', async () => {
    const controls = async (config: string): Promise<string[]> => {
      const files = {
        'a.c': 'void f(void) { ble_hs_cfg.sm_mitm = 1; ble_hs_cfg.sm_io_cap = BLE_HS_IO_NO_INPUT_OUTPUT; }\n',
      };
      const session = await sessionOver({ ...files, 'skarp.json': config }, { ruleSet: undefined } as object);
      const { findings, evidence } = session.outcome();
      assert.deepEqual(findings, [], 'its findings are not asked for');
      return evidence.map(({ rule }) => rule);
    };
    const id = 'ble-pairing-without-mitm';
    assert.deepEqual(await controls('{}'), [id]);
    assert.deepEqual(await controls('{"ruleSet":"default"}'), [id]);
    assert.deepEqual(await controls(`{"rules":{"${id}":"off"}}`), []);
    assert.deepEqual(await controls('{"headings":{"5":"off"}}'), []);
  });

  it('need not be strict for any control that a rule knows to be seen', async () => {
    const unseen: string[] = [];
    let count = 0;
    for (const rule of catalogue.rules.filter((each) => each.in !== undefined))
      for (const example of [...rule.bad, ...rule.good].filter(({ shows }) => shows !== undefined)) {
        const files = filesOf(example);
        for (const [file, text] of Object.entries(files)) files[file] = readMarks(text).text;
        const session = await sessionOver(files, { ruleSet: 'default' });
        count++;
        const { evidence } = session.outcome();
        if (!evidence.some((each) => each.rule === rule.id && each.provision === example.shows))
          unseen.push(`${rule.id}: ${String(example.shows)}`);
      }
    assert.ok(count > 15, 'rules beyond the default set know controls');
    assert.deepEqual(unseen, []);
  });

  it('is told by file, line and column', async () => {
    assert.match(
      await errorOf({ 'skarp.json': '{\n  "ruleSet": strict\n}' }),
      /^skarp\.json:2:14: .*; correct it and run again$/,
    );
  });

  it('with an unknown key names the key', async () => {
    assert.match(await errorOf({ 'skarp.json': '{\n  "rule": {}\n}' }), /^skarp\.json.*"rule"/);
  });

  it('with a wrong value names the way to it', async () => {
    assert.match(
      await errorOf({ 'skarp.json': '{"rules":{"mqtt-cleartext":"fatal"}}' }),
      /rules\.mqtt-cleartext/,
    );
  });

  it('with a heading that does not exist is told', async () => {
    assert.match(await errorOf({ 'skarp.json': '{"headings":{"14":"off"}}' }), /headings/);
  });

  it('that is empty is told', async () => {
    assert.match(await errorOf({ 'skarp.json': '' }), /^skarp\.json:1:1: /);
  });

  it('that is no object is told', async () => {
    assert.match(await errorOf({ 'skarp.json': '[]' }), /^skarp\.json:1:1: /);
  });

  it('in a folder below is told too', async () => {
    assert.match(await errorOf({ 'sub/skarp.json': '{', 'a.ts': '' }), /^sub\/skarp\.json:1:2: /);
  });

  it('that extends itself in a circle is told', async () => {
    const files = { 'skarp.json': '{"extends":"./b.json"}', 'b.json': '{"extends":"./skarp.json"}' };
    assert.match(await errorOf(files), /extends leads back to itself/);
  });

  it('that extends what is not there names the file', async () => {
    assert.match(
      await errorOf({ 'skarp.json': '{"extends":"./gone.json"}' }),
      /^gone\.json: it does not exist$/,
    );
  });

  it('FN with an unknown key does not say on which line', async () => {
    assert.doesNotMatch(await errorOf({ 'skarp.json': '{\n  "rule": {}\n}' }), /^skarp\.json:2/);
  });

  it('FN with a rule that does not exist is taken', async () => {
    assert.equal(await errorOf({ 'skarp.json': '{"rules":{"no-such-rule":"off"}}' }), 'no error');
  });
});
