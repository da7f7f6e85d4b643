/** Config files as options: what each kind gives, where it stands, and how a fix writes it. */
import assert from 'node:assert/strict';
import type { Option } from '../rules/kit/index.js';
import { applyEdits } from '../server/src/engine/fix.js';
import { manifestKind, manifestOf } from '../server/src/project/manifests/index.js';

function optionsOf(file: string, text: string): readonly Option[] {
  return manifestOf(file)?.parse?.(file, text) ?? [];
}

const shown = (file: string, text: string): string[] =>
  optionsOf(file, text).map(({ name, value }) => `${name} = ${value}`);

/** The text after each option in turn was set. */
const setTo = (file: string, text: string, value: string): string[] =>
  optionsOf(file, text).map((option) => applyEdits(text, [option.set(value)]));

describe('sdkconfig and prj.conf', () => {
  it('give symbols, without quotes and spaces', () => {
    assert.deepEqual(shown('sdkconfig', 'CONFIG_A=y\nCONFIG_B="a b"\n  CONFIG_C = 0x10  \nSB_CONFIG_D=n\n'), [
      'CONFIG_A = y',
      'CONFIG_B = a b',
      'CONFIG_C = 0x10',
      'SB_CONFIG_D = n',
    ]);
  });

  it('give n for what is said not to be set', () => {
    assert.deepEqual(shown('sdkconfig', '# CONFIG_A is not set\n'), ['CONFIG_A = n']);
  });

  it('do not give comments and other lines', () => {
    assert.deepEqual(shown('prj.conf', '# CONFIG_A=y\nfoo=y\nCONFIG_\n\n'), []);
  });

  it('are set on their line, quotes kept', () => {
    assert.deepEqual(setTo('prj.conf', 'CONFIG_A="x"\n', 'y'), ['CONFIG_A="y"\n']);
    assert.deepEqual(setTo('prj.conf', 'CONFIG_A=y\r\nCONFIG_B=n\r\n', 'z'), [
      'CONFIG_A=z\r\nCONFIG_B=n\r\n',
      'CONFIG_A=y\r\nCONFIG_B=z\r\n',
    ]);
    assert.deepEqual(setTo('sdkconfig', '# CONFIG_A is not set\n', 'y'), ['CONFIG_A=y\n']);
  });

  it('stand where they are written', () => {
    const text = '\n  CONFIG_A = y # not a comment here\n';
    const [option] = optionsOf('prj.conf', text);
    assert.equal(text.slice(option?.at.start, option?.at.end), 'CONFIG_A = y # not a comment here');
  });
});

describe('key and value files', () => {
  it('of mosquitto give keys with spaces between', () => {
    assert.deepEqual(shown('mosquitto.conf', '# a comment\nallow_anonymous true\nlistener 1883 0.0.0.0\n'), [
      'mosquitto:allow_anonymous = true',
      'mosquitto:listener = 1883 0.0.0.0',
    ]);
  });

  it('of an environment give variables, exported ones too', () => {
    assert.deepEqual(shown('.env', 'A=1\nexport B="two words"\nC=\n# D=4\n'), [
      'env:A = 1',
      'env:B = two words',
      'env:C = ',
    ]);
  });

  it('of npm give settings', () => {
    assert.deepEqual(shown('.npmrc', 'strict-ssl=false\n; a comment\n'), ['npmrc:strict-ssl = false']);
  });

  it('are set in place', () => {
    assert.deepEqual(setTo('.env', 'A="1" \nB=2', 'x'), ['A="x" \nB=2', 'A="1" \nB=x']);
    assert.deepEqual(setTo('mosquitto.conf', 'allow_anonymous true\r\n', 'false'), [
      'allow_anonymous false\r\n',
    ]);
  });
});

describe('systemd units', () => {
  it('give keys by section', () => {
    assert.deepEqual(
      shown('gateway.service', '[Unit]\nAfter=network.target\n\n[Service]\nUser=root\n# User=x\n'),
      ['systemd:Unit.After = network.target', 'systemd:Service.User = root'],
    );
  });

  it('are set in place', () => {
    assert.deepEqual(setTo('a.service', '[Service]\n  User = root \n', 'lykta'), [
      '[Service]\n  User = lykta \n',
    ]);
  });
});

describe('partition tables', () => {
  const text =
    '# Name, Type, SubType, Offset, Size, Flags\nnvs, data, nvs, 0x9000, 0x6000\nkeys, data, nvs_keys, , 0x1000, encrypted # note\n';

  it('give a row with type, subtype and flags', () => {
    assert.deepEqual(shown('partitions.csv', text), [
      'partition:nvs = data,nvs,',
      'partition:keys = data,nvs_keys,encrypted',
    ]);
  });

  it('have their flags set', () => {
    assert.ok(
      setTo('partitions.csv', text, 'encrypted')[0]?.includes('nvs, data, nvs, 0x9000, 0x6000, encrypted\n'),
    );
  });
});

describe('a manifest', () => {
  it('is known by the name of its file, in any folder', () => {
    const kinds: Record<string, string | undefined> = {
      'a/sdkconfig': 'sdkconfig',
      'sdkconfig.defaults': 'sdkconfig',
      'sdkconfig.defaults.esp32s3': 'sdkconfig',
      'app/prj.conf': 'prj.conf',
      'prj_release.conf': 'prj.conf',
      '.env.production': '.env',
      'partitions_two_ota.csv': 'partitions.csv',
      'x.service': 'systemd',
      'package.json': 'package.json',
      'my-package.json': undefined,
      'other.conf': undefined,
      'data.csv': undefined,
      'sdkconfig.h.in.bak~': undefined,
    };
    for (const [path, kind] of Object.entries(kinds)) assert.equal(manifestKind(path), kind, path);
  });
});
