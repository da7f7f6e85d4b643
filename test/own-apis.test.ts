/** A team's own API tables: they count as those that ship, and a slip in them is said with its line. */
import assert from 'node:assert/strict';
import { ConfigError } from '../server/src/project/jsonc.js';
import { sessionOver } from './support/memory-host.js';

const RADIO = `{ "framework": "own radio", "lang": "c", "source": "radio.h",
  "calls": {
    "radio_get": { "source": { "0": "network" }, "flow": [] },
    "flash_put": { "sink": { "1": "a copy length" }, "flow": [] } } }`;
const PUMP = `{ "framework": "own pump", "lang": "ts", "source": "pump.d.ts",
  "calls": { "./pump.onWish": { "source": { "0.0": "http request" } }, "./pump.run": { "sink": { "0": "a command" } } } }`;
const CODE = {
  'a.c': 'void poll(void) { uint8_t b[200]; radio_get(b); flash_put(b, b[0]); }',
};

async function found(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { ruleSet: 'audit' });
  return session.outcome().findings.map(({ rule }) => rule);
}

async function errorOf(files: Record<string, string>): Promise<string> {
  try {
    await sessionOver(files);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return 'no error';
}

describe("a team's own API tables", () => {
  it('are not needed', async () => {
    assert.deepEqual(await found(CODE), []);
  });

  it('are read from skarp.apis.json at the root', async () => {
    assert.deepEqual(await found({ ...CODE, 'skarp.apis.json': RADIO }), ['copy-length-unchecked']);
  });

  it('may be a list with comments, in files that skarp.json names', async () => {
    const files = {
      ...CODE,
      'skarp.json': '{ "apis": ["tables/radio.apis.json"] }',
      'tables/radio.apis.json': `// ours\n[${RADIO}, ${PUMP}]`,
    };
    assert.deepEqual(await found(files), ['copy-length-unchecked']);
  });

  it('may be shared by a config that is extended, relative to that config', async () => {
    const files = {
      ...CODE,
      'skarp.json': '{ "extends": "house/base.json" }',
      'house/base.json': '{ "apis": "radio.apis.json" }',
      'house/radio.apis.json': RADIO,
    };
    assert.deepEqual(await found(files), ['copy-length-unchecked']);
  });

  const slips: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    [
      'a role that no rule knows',
      RADIO.replace('a copy length', 'a copy lenght'),
      /^skarp\.apis\.json:4:28: no rule knows the role "a copy lenght"; it is one of: .*a copy length/,
    ],
    [
      'a kind that no rule knows',
      RADIO.replace('"network"', '"air"'),
      /^skarp\.apis\.json:3:37: no rule knows the kind of source "air"; it is one of: .*network/,
    ],
    [
      'a word that does not exist',
      RADIO.replace('"flow": [] },', '"flows": [] },'),
      /^skarp\.apis\.json:3:18: calls\.radio_get: Unrecognized key: "flows"/,
    ],
    ['another language', RADIO.replace('"c"', '"rust"'), /^skarp\.apis\.json:1:37: lang: /],
    ['what is no JSON', '[{]', /^skarp\.apis\.json:1:3: Property name expected; correct it and run again$/],
    ['nothing', '', /^skarp\.apis\.json:1:1: /],
  ];
  for (const [what, text, says] of slips)
    it(`says where ${what} stands`, async () => {
      assert.match(await errorOf({ ...CODE, 'skarp.apis.json': text }), says);
    });

  it('says which file is not there, and which name it cannot have', async () => {
    assert.equal(
      await errorOf({ ...CODE, 'skarp.json': '{ "apis": "radio.apis.json" }' }),
      'radio.apis.json: it does not exist',
    );
    assert.match(
      await errorOf({ ...CODE, 'skarp.json': '{\n  "apis": "radio.json" }' }),
      /^skarp\.json:2:11: apis: .*/,
    );
  });
});
