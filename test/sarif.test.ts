/** SARIF as Microsoft's own validator and code scanning services want it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { catalogue } from '../rules/index.js';
import { toSarif } from '../server/src/report/sarif.js';
import { Folder } from './support/cli.js';
import { DEVICES, deviceSession, pathOf } from './support/devices.js';

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly message: { readonly text?: string };
      readonly partialFingerprints?: Readonly<Record<string, string>>;
    }[];
  }[];
}

const multitool = createRequire(import.meta.url)('@microsoft/sarif-multitool') as string;

/** The validator ends with 0 whatever it finds: what it finds stands in a log of its own. */
function complaints(folder: Folder, sarif: string): string[] {
  writeFileSync(folder.at('in.sarif'), sarif);
  const ran = spawnSync(
    multitool,
    [
      'validate',
      folder.at('in.sarif'),
      '--level',
      'Error;Warning',
      '--log',
      'ForceOverwrite',
      '-o',
      folder.at('out.sarif'),
    ],
    { encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } },
  );
  assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  const log = JSON.parse(readFileSync(folder.at('out.sarif'), 'utf8').replace(/^\uFEFF/, '')) as Log;
  return log.runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId));
}

describe('SARIF', function () {
  this.timeout(120_000);
  let folder: Folder;
  before(() => {
    // npm does not run the package's own script that does this.
    chmodSync(multitool, 0o755);
  });
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  for (const device of DEVICES) {
    const sarifOf = async (): Promise<string> =>
      toSarif((await deviceSession(device, { ruleSet: 'audit' })).report(), catalogue.rules);

    it(`of ${device} passes the validator`, async () => {
      assert.deepEqual(complaints(folder, await sarifOf()), []);
    });

    it(`of ${device} names no place outside the device`, async () => {
      const sarif = await sarifOf();
      assert.ok(!sarif.includes(pathOf(device)));
      assert.doesNotMatch(sarif, /"uri": "(\/|file:|[A-Za-z]:)/);
    });

    it(`of ${device} gives every result of a run a fingerprint of its own`, async () => {
      const { results } = (JSON.parse(await sarifOf()) as Log).runs[0] ?? { results: [] };
      const prints = results.map(({ partialFingerprints }) =>
        Object.values(partialFingerprints ?? {}).join(),
      );
      assert.ok(prints.every((print) => print !== ''));
      const twice = prints.filter((print, index) => prints.indexOf(print) !== index);
      assert.deepEqual(twice, []);
    });
  }

  it('that is wrong would not pass the validator', async () => {
    const [device = ''] = DEVICES;
    const sarif = toSarif((await deviceSession(device)).report(), catalogue.rules);
    assert.notDeepEqual(complaints(folder, sarif.replaceAll(/"ruleIndex": \d+/g, '"ruleIndex": 9999')), []);
  });
});
