/** `skarp init` as a user meets it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import data from '../rules/standard/features.json' with { type: 'json' };
import signs from '../rules/standard/signs.json' with { type: 'json' };
import { Folder } from './support/cli.js';

describe('skarp init', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });
  const written = (): unknown => JSON.parse(readFileSync(folder.at('skarp.json'), 'utf8'));

  it('proposes what the code lets one guess, each with its place, and what follows from it', () => {
    folder.write('main/ota.c', 'void f(void) {\n  esp_https_ota(&cfg);\n}\n');
    folder.write('sdkconfig.defaults', 'CONFIG_SECURE_BOOT=y\n');
    const { status, out, err } = folder.run(['init', '--yes']);
    assert.equal(status, 0);
    assert.equal(
      out,
      'saw esp_https_ota in main/ota.c:2: updates over a network\nsaw CONFIG_SECURE_BOOT in sdkconfig.defaults:1: software that is verified at start\n',
    );
    assert.match(err, /^skarp: skarp\.json says 4 things more of the product; read them: /);
    assert.deepEqual(written(), {
      product: { changeableSoftware: true, updates: true, networkUpdates: true, tamperDetection: true },
    });
  });

  it('takes nothing from comments, texts, tests and what only development needs', () => {
    folder.write('main/a.c', '// esp_https_ota\nconst char *s = "esp_https_ota";\n');
    folder.write('test/b.c', 'void f(void) { esp_https_ota(0); }\n');
    folder.write('sdkconfig.defaults', '# CONFIG_SECURE_BOOT is not set\n');
    folder.write('package.json', '{ "devDependencies": { "passport": "1" } }\n');
    const { status, err } = folder.run(['init', '--yes']);
    assert.equal(status, 0);
    assert.match(err, /^skarp: there is nothing to write/);
    assert.equal(existsSync(folder.at('skarp.json')), false);
  });

  it('adds to a config that is there, keeps its comments, and overrules nobody', () => {
    folder.write('package.json', '{ "dependencies": { "passport": "1", "bcrypt": "5" } }\n');
    folder.write(
      'skarp.json',
      '{\n  // agreed on in March\n  "product": { "passwords": false },\n  "ruleSet": "strict"\n}\n',
    );
    assert.equal(folder.run(['init', '--yes']).status, 0);
    const text = readFileSync(folder.at('skarp.json'), 'utf8');
    assert.match(text, /\/\/ agreed on in March/);
    assert.match(text, /"passwords": false/);
    assert.match(text, /"networkLogins": true/);
    assert.match(text, /"ruleSet": "strict"/);
  });

  it('does not ask where nobody can answer, and writes nothing', () => {
    folder.write('main/ota.c', 'void f(void) { esp_https_ota(&cfg); }\n');
    const { status, err } = folder.run(['init']);
    assert.equal(status, 2);
    assert.match(err, /^skarp: init asks questions; run it in a terminal, or .* --yes\n$/);
    assert.equal(existsSync(folder.at('skarp.json')), false);
  });

  it('leaves a broken config alone', () => {
    folder.write('skarp.json', '{ "product": [ }\n');
    folder.write('main/ota.c', 'void f(void) { esp_https_ota(&cfg); }\n');
    const { status, err } = folder.run(['init', '--yes']);
    assert.equal(status, 2);
    assert.match(err, /^skarp: skarp\.json:1:\d+: /);
    assert.equal(readFileSync(folder.at('skarp.json'), 'utf8'), '{ "product": [ }\n');
  });

  it('follows no link to a config that lies elsewhere', () => {
    const other = new Folder({ 'skarp.json': '{ "ruleSet": "strict" }\n' });
    folder.write('main/ota.c', 'void f(void) { esp_https_ota(&cfg); }\n');
    symlinkSync(other.at('skarp.json'), folder.at('skarp.json'));
    const { status, err } = folder.run(['init', '--yes']);
    assert.equal(status, 2);
    assert.equal(err, 'skarp: skarp.json is not a plain file; put one in its place\n');
    assert.equal(readFileSync(other.at('skarp.json'), 'utf8'), '{ "ruleSet": "strict" }\n');
    other.remove();
  });

  it('knows only signs of features that exist', () => {
    const keys = new Set(data.features.map(({ key }) => key));
    for (const { feature } of signs.signs) assert.ok(keys.has(feature), feature);
  });
});
