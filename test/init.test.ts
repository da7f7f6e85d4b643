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

  const saw = (): string[] => {
    const { status, out, err } = folder.run(['init', '--yes']);
    assert.equal(status, 0, err);
    return out.split('\n').filter(Boolean);
  };

  it('reads what the product is built from: options, partitions, components, headers and packages', () => {
    folder.write(
      'partitions.csv',
      'nvs, data, nvs, 0x9000, 0x6000\napp0, app, ota_0, , 1M\napp1, app, ota_1, , 1M\n',
    );
    folder.write('sdkconfig', 'CONFIG_ESP_CONSOLE_UART_DEFAULT=y\n# CONFIG_SECURE_BOOT is not set\n');
    folder.write(
      'main/idf_component.yml',
      'dependencies:\n  idf: ">=5.1"\n  # the camera\n  espressif/esp32-camera:\n    version: "*"\n',
    );
    folder.write(
      'main/CMakeLists.txt',
      'idf_component_register(SRCS "a.c" # esp_insights\n  PRIV_REQUIRES esp_https_ota nvs_flash\n  INCLUDE_DIRS ".")\n',
    );
    folder.write('main/a.c', '#include "esp_insights.h"\n');
    folder.write('web/package.json', '{ "name": "x", "dependencies": { "bcrypt": "^5" } }\n');
    assert.deepEqual(saw(), [
      'saw bcrypt in web/package.json:1: passwords',
      'saw bcrypt in web/package.json:1: users who log in to the device',
      'saw bcrypt in web/package.json:1: logins over a network',
      'saw app,ota_1 in partitions.csv:3: software that can be updated',
      'saw esp_https_ota in main/CMakeLists.txt:2: updates over a network',
      'saw bcrypt in web/package.json:1: secrets that outlive the power supply',
      'saw CONFIG_ESP_CONSOLE_UART_DEFAULT in sdkconfig:1: a console or shell',
      'saw CONFIG_ESP_CONSOLE_UART_DEFAULT in sdkconfig:1: a console on a serial port',
      'saw espressif/esp32-camera in main/idf_component.yml:4: pictures or sound of people',
      'saw espressif/esp32-camera in main/idf_component.yml:4: sensors',
      'saw esp_insights.h in main/a.c:1: telemetry',
    ]);
  });

  it('takes slots for updates over a network where something reaches the network', () => {
    folder.write('partitions.csv', 'a, app, ota_0, , 1M\nb, app, ota_1, , 1M\n');
    assert.deepEqual(saw(), ['saw app,ota_1 in partitions.csv:2: software that can be updated']);
    folder.write('main/a.c', 'void f(void) { esp_http_client_init(&c); }\n');
    assert.match(saw().join(), /^saw app,ota_1 in partitions\.csv:2: updates over a network, /);
  });

  it('takes nothing from what is declared and not called, from copies of the framework and from debug options', () => {
    folder.write('main/a.h', 'esp_err_t esp_https_ota(const esp_https_ota_config_t *config);\n');
    folder.write('main/a.c', 'int *esp_camera_fb_get (void) { return 0; }\n');
    folder.write('components/esp-tls/esp_tls.c', 'void f(void) { mbedtls_pk_parse_key(&k); }\n');
    folder.write('tools/dump.c', 'void f(void) { esp_camera_fb_get(); }\n');
    folder.write('overlay-debug.conf', 'CONFIG_SHELL=y\n');
    assert.deepEqual(saw(), []);
    folder.write('components/cloud/cloud.c', 'void f(void) { mbedtls_pk_parse_key(&k); }\n');
    folder.write('overlay-release.conf', 'CONFIG_SHELL=y\n');
    assert.equal(saw().length, 2);
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

  it('says so of a config that is nested too deeply', () => {
    folder.write('skarp.json', '['.repeat(50_000));
    folder.write('main/a.c', 'int a;\n');
    for (const args of [['init', '--yes'], ['check'], ['checklist']]) {
      const { status, err } = folder.run(args);
      assert.equal(status, 2);
      assert.match(err, /^skarp: skarp\.json:1:1: it is nested too deeply; correct it and run again\n$/);
    }
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

  it('looks for dependencies where a package names them, and reads a broken one without a word', () => {
    folder.write(
      'package.json',
      '{ "config": { "dependencies": { "passport": "1" } }, "passport": 1, "dependencies": { "a": { "passport": 1 } } }\n',
    );
    assert.deepEqual(saw(), []);
    folder.write('package.json', '{ "dependencies": { "passport": "1"');
    assert.equal(saw().length, 1);
    folder.write('package.json', '['.repeat(50_000));
    folder.write('skarp.json', '{}\n');
    assert.deepEqual(saw(), []);
  });

  it('knows only signs of features that exist', () => {
    const keys = new Set(data.features.map(({ key }) => key));
    for (const { feature } of signs.signs) assert.ok(keys.has(feature), feature);
  });
});
