/** Config files as options: what each kind gives, where it stands, and how a fix writes it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
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

  it('are also what Zephyr adds for a board, emulators left out', () => {
    assert.deepEqual(shown('app/boards/nrf52840dk_nrf52840.conf', 'CONFIG_A=y\n'), ['CONFIG_A = y']);
    for (const file of [
      'boards/native_sim.conf',
      'boards/qemu_x86.conf',
      'boards/dist/gdb.conf',
      'nrf52840dk.conf',
    ])
      assert.equal(manifestKind(file), undefined, file);
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

  it('of npm give settings', () => {
    assert.deepEqual(shown('.npmrc', 'strict-ssl=false\n; a comment\n'), ['npmrc:strict-ssl = false']);
  });

  it('are set in place', () => {
    assert.deepEqual(setTo('.npmrc', 'a="1" \nb=2', 'x'), ['a="x" \nb=2', 'a="1" \nb=x']);
    assert.deepEqual(setTo('mosquitto.conf', 'allow_anonymous true\r\n', 'false'), [
      'allow_anonymous false\r\n',
    ]);
  });
});

describe('environments', () => {
  it('give variables, exported ones too, without comments and quotes', () => {
    assert.deepEqual(
      shown('hub.env', 'A=1 # one\nexport B="two # words" # two\r\nC=\n# D=4\nE=#none\nF=a#b\nnothing\n'),
      ['env:A = 1', 'env:B = two # words', 'env:C = ', 'env:E = ', 'env:F = a#b'],
    );
  });

  it('give a quoted value that goes over lines as one, and one whose quote is never closed as a line', () => {
    assert.deepEqual(shown('.env', 'K="one\nD=2\n"\nA=3\nB="open\nC=5\n'), [
      'env:K = one\nD=2\n',
      'env:A = 3',
      'env:B = "open',
      'env:C = 5',
    ]);
  });

  it('that only show what may be set say so', () => {
    for (const file of ['.env.example', 'hub.env.sample', '.env.template', 'example.env'])
      assert.deepEqual(shown(file, 'A=1'), ['env-template:A = 1'], file);
  });

  it('of units and images give each variable of a line', () => {
    assert.deepEqual(shown('a.service', '[Service]\nEnvironment=A=1 "B=two words" C=\'3\'\n'), [
      'env:A = 1',
      'env:B = two words',
      'env:C = 3',
    ]);
    assert.deepEqual(
      shown('Dockerfile', 'FROM x\nENV A=1 B="two words"\nENV C three words\nARG D\nRUN E=5 go\n'),
      ['env:A = 1', 'env:B = two words', 'env:C = three words'],
    );
  });

  it('are set in place', () => {
    assert.deepEqual(setTo('.env', 'A="1" \nB=2 # two\n', 'x'), [
      'A="x" \nB=2 # two\n',
      'A="1" \nB=x # two\n',
    ]);
    assert.deepEqual(setTo('a.service', '[Service]\nEnvironment=A=1 "B=2"\n', 'x'), [
      '[Service]\nEnvironment=A=x "B=2"\n',
      '[Service]\nEnvironment=A=1 "B=x"\n',
    ]);
  });

  it('are read in a time that grows with their length, however they are written', () => {
    for (const line of ['A="', "A='x\n", `A=b${' '.repeat(2_000)}c\n`, '"A=', 'ENV A=" '])
      for (const file of ['.env', 'Dockerfile', 'a.service', 'compose.yaml']) {
        const started = performance.now();
        shown(file, line.repeat(200_000 / line.length));
        assert.ok(performance.now() - started < 1_000, `${file} of ${line.trim()}`);
      }
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

describe('Kconfig files', () => {
  it('give the text that an option is by default', () => {
    const text =
      'menu "Hub"\nconfig HUB_HOST\n\tstring "Host"\n\tdefault "hub.local" if HUB_LOCAL\n\tdefault "hub"\nmenuconfig HUB_N\n  int\n  default 3\nendmenu\n';
    assert.deepEqual(shown('Kconfig', text), ['kconfig:HUB_HOST = hub.local', 'kconfig:HUB_HOST = hub']);
    assert.ok(setTo('main/Kconfig.projbuild', text, '')[0]?.includes('\tdefault "" if HUB_LOCAL\n'));
  });
});

describe('what a product is built from', () => {
  it('is told by packages, components and modules, at their places', () => {
    const text =
      '{ "devDependencies": { "c": "1" }, "optionalDependencies": { "b": "2" }, "dependencies": { "@s/a": "^1" } }';
    assert.deepEqual(shown('package.json', text), ['package:@s/a = ^1', 'package:b = 2']);
    assert.equal(setTo('package.json', text, '3')[1]?.includes('{ "b": "3" }'), true);
    const component =
      'version: "1"\ndependencies:\n    idf: "*"\n    a/b:\n        version: "*"\n    "c": "*"\ntargets:\n    x: y\n';
    assert.deepEqual(
      shown('idf_component.yml', component).filter((each) => each.startsWith('component')),
      ['component:a/b = a/b', 'component:c = c'],
    );
    assert.deepEqual(
      shown(
        'CMakeLists.txt',
        'project(x)\nidf_component_register(SRCS a.c REQUIRES b c\n  PRIV_REQUIRES "d" ${e} EMBED_FILES f)\n',
      ),
      ['component:b = b', 'component:c = c', 'component:d = d'],
    );
    assert.deepEqual(
      shown('west.yml', 'manifest:\n  projects:\n    - name: golioth\n      revision: main\n'),
      ['module:golioth = golioth'],
    );
    assert.deepEqual(
      shown(
        'compose.yml',
        'services:\n  db:\n    image: "docker.io/library/redis:7"\n  own:\n    image: me/own\n',
      ),
      ['image:library/redis = library/redis', 'image:me/own = me/own'],
    );
  });
});

describe('compose files', () => {
  it('give the environment of containers, as a list or a map', () => {
    const text =
      'services:\n  hub:\n    environment:\n      - A_B=one\n      - "C=two words"\n      D: "three" # so\n      E: ${E}\n      - F\n    Ports: 80\n';
    assert.deepEqual(shown('docker-compose.yml', text), [
      'env:A_B = one',
      'env:C = two words',
      'env:D = three',
      'env:E = ${E}',
    ]);
    assert.ok(setTo('compose.yaml', text, 'x')[2]?.includes('      D: "x" # so\n'));
  });
});

describe('key files', () => {
  const pem = (kind: string, body = 'MIGHAgEAMBMGByqGSM49'): string =>
    `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----\n`;

  it('give the private keys in clear that they hold', () => {
    assert.deepEqual(shown('device.key', pem('CERTIFICATE') + pem('EC PRIVATE KEY')), [
      'key-file:private = EC PRIVATE KEY',
    ]);
    assert.deepEqual(shown('id_ed25519', pem('OPENSSH PRIVATE KEY')), [
      'key-file:private = OPENSSH PRIVATE KEY',
    ]);
  });

  it('give no certificates, public or encrypted keys, and no placeholders', () => {
    for (const text of [
      pem('CERTIFICATE'),
      pem('PUBLIC KEY'),
      pem('ENCRYPTED PRIVATE KEY'),
      pem('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED'),
      pem('PRIVATE KEY', '<your key>'),
    ])
      assert.deepEqual(shown('a.pem', text), []);
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
      'deploy/portal.env': '.env',
      'portal.env.local': '.env',
      'src/.env.ts': undefined,
      'src/config.env.js': undefined,
      'secrets.env.gpg': undefined,
      env: undefined,
      Dockerfile: 'Dockerfile',
      'Dockerfile.arm64': 'Dockerfile',
      'partitions_two_ota.csv': 'partitions.csv',
      'x.service': 'systemd',
      'package.json': 'package.json',
      'Kconfig.projbuild': 'Kconfig',
      'docker-compose.prod.yml': 'compose',
      'certs/server.pem': 'key file',
      'my-package.json': undefined,
      'other.conf': undefined,
      'data.csv': undefined,
      'sdkconfig.h.in.bak~': undefined,
    };
    for (const [path, kind] of Object.entries(kinds)) assert.equal(manifestKind(path), kind, path);
  });
});

describe('any text of any config file', () => {
  const FILES = [
    ...[
      'sdkconfig',
      'prj.conf',
      'partitions.csv',
      'mosquitto.conf',
      '.npmrc',
      'hub.env',
      'device.key',
      'Kconfig',
    ],
    ...[
      'Dockerfile',
      'compose.yaml',
      'hub.service',
      'package.json',
      'dependencies.lock',
      'CMakeLists.txt',
      'west.yml',
    ],
  ];
  const PIECES = [
    'ENV A=',
    '"',
    "'",
    '\n',
    '\r\n',
    ' ',
    '=',
    '#',
    ':',
    '- name: ',
    '[',
    '{',
    'dependencies',
    'idf:',
  ];

  it('is read or passed over, and what is read lies in it', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...FILES), text, (file, content) => {
        for (const { at, valueAt } of manifestOf(file)?.parse?.(file, content) ?? [])
          for (const { start, end } of [at, valueAt])
            assert.ok(
              0 <= start && start <= end && end <= content.length,
              `${file}: ${String(start)}-${String(end)}`,
            );
      }),
      { numRuns: 2000 },
    );
  });

  it('may be as large as a file that is read', () => {
    const pieces = [
      ...PIECES,
      '{"a":',
      'Environment="',
      'idf_component_register(',
      'config A\n',
      '  idf:\n',
      'A="',
    ];
    for (const file of FILES)
      for (const piece of pieces)
        assert.doesNotThrow(
          () => manifestOf(file)?.parse?.(file, `[Service]\nENV ${piece.repeat(100_000)}`),
          file,
        );
  });
});
