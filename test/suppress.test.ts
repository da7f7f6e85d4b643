/** Suppressions: which comments hold, for which lines, and what is wrong with those that do not. */
import assert from 'node:assert/strict';
import { sessionOver } from './support/memory-host.js';

const BAD = "connect('mqtt://h');";
const IMPORT = "import { connect } from 'mqtt';\n";

/** `rule@line` of what is found, suppressed findings in brackets. */
async function found(text: string, file = 'main.ts', settings = {}): Promise<string[]> {
  const session = await sessionOver({ [file]: text }, settings);
  return session.report().findings.map(({ rule, range, suppressed }) => {
    const place = `${rule}@${String(range.start.line)}`;
    return suppressed ? `(${place})` : place;
  });
}

const inTs = (text: string): Promise<string[]> => found(IMPORT + text);

describe('a suppression', () => {
  it('holds for its line at the end of the line', async () => {
    assert.deepEqual(await inTs(`${BAD} // skarp-ignore mqtt-cleartext -- lab\n${BAD}`), [
      '(mqtt-cleartext@2)',
      'mqtt-cleartext@3',
    ]);
  });

  it('holds for the statement below it', async () => {
    assert.deepEqual(
      await inTs(`// skarp-ignore mqtt-cleartext -- lab\nconnect(\n  'mqtt://h',\n);\n${BAD}`),
      ['(mqtt-cleartext@4)', 'mqtt-cleartext@6'],
    );
  });

  it('may be a block comment', async () => {
    assert.deepEqual(await inTs(`/* skarp-ignore mqtt-cleartext -- lab */\n${BAD}`), ['(mqtt-cleartext@3)']);
  });

  it('may stand above others', async () => {
    assert.deepEqual(
      await inTs(`// skarp-ignore mqtt-cleartext -- lab\n// and another word about it\n${BAD}`),
      ['(mqtt-cleartext@4)'],
    );
  });

  it('holds for the whole file when it says so', async () => {
    assert.deepEqual(await found(`// skarp-ignore-file mqtt-cleartext -- lab\n${IMPORT}${BAD}\n${BAD}`), [
      '(mqtt-cleartext@3)',
      '(mqtt-cleartext@4)',
    ]);
  });

  it('holds for a rule by the name that it had before', async () => {
    const line = "exec('ping ' + host);";
    const text = `import { exec } from 'node:child_process';\nexport function ping(host: string) {\n  // skarp-ignore shell-command-built -- lab\n  ${line}\n}`;
    assert.deepEqual(await found(text), ['(command-injection@4)']);
  });

  it('may name several rules', async () => {
    assert.deepEqual(
      await found(
        "import mqtt from 'mqtt';\n// skarp-ignore mqtt-cleartext, tls-verify-off -- lab\nmqtt.connect('mqtt://h', { rejectUnauthorized: false });",
      ),
      ['(mqtt-cleartext@3)', '(tls-verify-off@3)'],
    );
  });

  it('keeps its reason, its end and its author', async () => {
    const session = await sessionOver({
      'main.ts': `${IMPORT}${BAD} // skarp-ignore mqtt-cleartext until=2026-01-01 by=anna -- the lab has no certificate`,
    });
    assert.deepEqual(session.report().findings[0]?.suppressed, {
      reason: 'the lab has no certificate',
      until: '2026-01-01',
      by: 'anna',
    });
  });

  it('is written with # in config files', async () => {
    const files = {
      'mosquitto.conf': '# skarp-ignore mosquitto-anonymous -- lab\nallow_anonymous true\n',
      'package.json': '{}',
    };
    const session = await sessionOver(files);
    const anonymous = session.report().findings.filter(({ rule }) => rule === 'mosquitto-anonymous');
    assert.deepEqual(
      anonymous.map(({ suppressed }) => suppressed?.reason),
      ['lab'],
    );
  });

  it('means nothing inside a string', async () => {
    assert.deepEqual(await inTs(`${BAD} const s = '// skarp-ignore mqtt-cleartext -- lab';`), [
      'mqtt-cleartext@2',
    ]);
  });
});

describe('a suppression that is wrong', () => {
  it('without a reason suppresses nothing and is a finding', async () => {
    assert.deepEqual(await inTs(`${BAD} // skarp-ignore mqtt-cleartext`), [
      'mqtt-cleartext@2',
      'suppression-without-reason@2',
    ]);
  });

  it('with an empty reason is one without', async () => {
    assert.ok(
      (await inTs(`${BAD} // skarp-ignore mqtt-cleartext --  `)).includes('suppression-without-reason@2'),
    );
  });

  it('of an unknown rule is a finding', async () => {
    assert.deepEqual(await inTs(`${BAD} // skarp-ignore mqtt-clear-text -- lab`), [
      'mqtt-cleartext@2',
      'suppression-unknown-rule@2',
    ]);
  });

  it('that has ended suppresses nothing and is a finding', async () => {
    assert.deepEqual(await inTs(`${BAD} // skarp-ignore mqtt-cleartext until=2025-12-31 -- lab`), [
      'mqtt-cleartext@2',
      'suppression-expired@2',
    ]);
  });

  it('holds on its last day', async () => {
    assert.deepEqual(await inTs(`${BAD} // skarp-ignore mqtt-cleartext until=2026-01-01 -- lab`), [
      '(mqtt-cleartext@2)',
    ]);
  });

  it('with a date that is none is a finding', async () => {
    assert.ok(
      (await inTs(`${BAD} // skarp-ignore mqtt-cleartext until=tomorrow -- lab`)).includes(
        'suppression-expired@2',
      ),
    );
  });

  it('that suppresses nothing any more is a finding', async () => {
    assert.deepEqual(await inTs(`connect('mqtts://h'); // skarp-ignore mqtt-cleartext -- lab`), [
      'suppression-unused@2',
    ]);
  });

  it('is not called unused where its rule is off', async () => {
    assert.deepEqual(
      await found(`${IMPORT}connect('mqtts://h'); // skarp-ignore mqtt-cleartext -- lab`, 'main.ts', {
        rules: ['tls-verify-off'],
      }),
      [],
    );
  });

  it('is a warning, and an error in the strict set', async () => {
    const text = { 'main.ts': `${IMPORT}${BAD} // skarp-ignore mqtt-cleartext` };
    const severities = async (ruleSet: 'default' | 'strict'): Promise<(string | undefined)[]> =>
      (await sessionOver(text, { ruleSet }))
        .report()
        .findings.filter(({ rule }) => rule.startsWith('suppression'))
        .map(({ severity }) => severity);
    assert.deepEqual(await severities('default'), ['warning']);
    assert.deepEqual(await severities('strict'), ['error']);
  });
});
