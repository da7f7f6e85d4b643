/** `skarp checklist --ixit` as a user meets it. */
import assert from 'node:assert/strict';
import type { IxitTable } from '../server/src/checklist/ixit/rows.js';
import { NodeHost } from '../server/src/host/node.js';
import type { Checklist } from '../server/src/checklist/model.js';
import { Proposals } from '../server/src/lsp/proposals.js';
import { exportFor } from '../server/src/lsp/product-requests.js';
import { Folder } from './support/cli.js';
import { deviceSession, pathOf } from './support/devices.js';
import { validatorOf } from './support/schemas.js';

const WEB = `#include "esp_http_server.h"
#include "nvs.h"
#include "esp_http_client.h"
#define ROUTE "/config"
static esp_err_t on_config(httpd_req_t *req) {
  char body[64];
  httpd_req_recv(req, body, sizeof body);
  return ESP_OK;
}
static const httpd_uri_t CONFIG = { .uri = ROUTE, .method = HTTP_POST, .handler = on_config };
void start(httpd_handle_t *server, httpd_config_t *config) {
  httpd_start(server, config);
  httpd_register_uri_handler(*server, &CONFIG);
}
void keep(nvs_handle_t store, const char *text) {
  nvs_set_str(store, "wifi_password", text);
  nvs_set_str(store, "language", text);
}
void again(nvs_handle_t store, const char *text) {
  nvs_set_str(store, "wifi_password", text);
}
void report(void) {
  esp_http_client_config_t to = { .url = "https://example.com/status" };
  esp_http_client_init(&to);
}
`;
const NODE = `import express from 'express';
import mqtt from 'mqtt';
const app = express();
app.get('/status', (req, res) => res.end());
app.get('port');
const client = mqtt.connect('mqtts://broker.example.com');
client.subscribe('home/+/set');
class Own { get(path: string, then: () => void) { then(); } }
new Own().get('/no-route', () => undefined);
`;

interface Listed {
  readonly schema: string;
  readonly ixit: readonly IxitTable[];
}

describe('skarp checklist --ixit', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => {
    folder.remove();
  });

  const rowsOf = (): Record<number, string[]> => {
    const { status, out, err } = folder.run(['checklist', '--ixit', '--format', 'json']);
    assert.equal(status, 0, err);
    const { schema, ixit } = JSON.parse(out) as Listed;
    assert.equal(schema, 'skarp-ixit/1');
    return Object.fromEntries(
      ixit
        .filter(({ rows }) => rows.length > 0)
        .map(({ table, rows }) => [
          table,
          rows.map(
            ({ name, api, file, range, more }) =>
              `${name} ${api} ${file}:${String(range.start.line)} +${String(more)}`,
          ),
        ]),
    );
  };

  it('takes rows from calls of C libraries, with the names that the code has', () => {
    folder.write('main/web.c', WEB);
    assert.deepEqual(rowsOf(), {
      10: ['wifi_password nvs_set_str main/web.c:16 +1'],
      11: ['https://example.com/status esp_http_client_init main/web.c:24 +0'],
      13: [' httpd_start main/web.c:12 +0'],
      28: ['/config httpd_register_uri_handler main/web.c:13 +0'],
      29: [' httpd_req_recv main/web.c:7 +0'],
    });
  });

  it('takes rows from calls of Node packages, and none from what only has their names', () => {
    folder.write('src/main.ts', NODE);
    assert.deepEqual(rowsOf(), {
      11: ['mqtts://broker.example.com mqtt.connect src/main.ts:6 +0'],
      13: [' express src/main.ts:1 +0'],
      28: ['/status express.Application#get src/main.ts:4 +0'],
      29: ['home/+/set mqtt.MqttClient#subscribe src/main.ts:7 +0'],
    });
  });

  it('tells a deletion from a storage that is mended at start', () => {
    folder.write(
      'main/store.c',
      `#include "nvs_flash.h"
void open_store(void) {
  if (nvs_flash_init() == ESP_ERR_NVS_NO_FREE_PAGES) {
    ESP_ERROR_CHECK(nvs_flash_erase());
    nvs_flash_init();
  }
}
void factory_reset(void) {
  nvs_flash_erase();
}
`,
    );
    assert.deepEqual(rowsOf(), { 25: [' nvs_flash_erase main/store.c:9 +0'] });
  });

  it('finds names in tables, macros and what callers hand to a function of the product', () => {
    folder.write(
      'main/store.h',
      '#define NVS_MQTT "mqtt_pass"\n#define STORAGE_TLS "tls_cli_key"\n#define STORAGE_CERT "tls_pub_key"\n#define TITLE_KEY "token"\n',
    );
    folder.write(
      'main/store.c',
      `#include "store.h"
#include "nvs.h"
static const char *const KEYS[] = { "wifi_pass", "volume" };
struct row { const char *key; int kind; };
static const struct row ROWS[] = { { "api_token", 1 }, { .key = "pin" } };
void each(nvs_handle_t h, const char *v, int i) {
  nvs_set_str(h, KEYS[i], v);
  nvs_set_str(h, ROWS[i].key, v);
}
void put(nvs_handle_t h, const char *name, const char *v) { nvs_set_str(h, name, v); }
void unused(nvs_handle_t h, const char *name, const char *v) { nvs_set_str(h, name, v); }
`,
    );
    folder.write(
      'main/app.c',
      '#include "store.h"\nvoid save(nvs_handle_t h, const char *v) { put(h, NVS_MQTT, v); put(h, "color", v); put(h, v, v); }\n',
    );
    assert.deepEqual(rowsOf(), {
      10: [
        'mqtt_pass put main/app.c:2 +0',
        'wifi_pass nvs_set_str main/store.c:7 +0',
        'api_token nvs_set_str main/store.c:8 +0',
        'pin nvs_set_str main/store.c:8 +0',
        'mqtt_pass NVS_MQTT main/store.h:1 +0',
        'tls_cli_key STORAGE_TLS main/store.h:2 +0',
      ],
    });
  });

  it('names constants, and no variables', () => {
    folder.write(
      'main/a.c',
      `#include "driver/uart.h"
void read_all(uart_port_t port, unsigned char *to) {
  uart_read_bytes(UART_NUM_1, to, 1, 0);
  uart_port_t other = next_port();
  uart_read_bytes(other, to, 1, 0);
}
`,
    );
    assert.deepEqual(rowsOf()[29], [
      'UART_NUM_1 uart_read_bytes main/a.c:3 +0',
      ' uart_read_bytes main/a.c:5 +0',
    ]);
  });

  it('takes rows from options, headers, packages and images, where no call says the same', () => {
    folder.write('main/a.c', '#include <esp_wifi.h>\n#include "esp_http_client.h"\n');
    folder.write('main/b.c', '#include "esp_wifi.h"\n');
    folder.write('sdkconfig', 'CONFIG_BT_ENABLED=y\n# CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH is not set\n');
    folder.write('partitions.csv', 'x, app, ota_0, , 1M\ny, app, ota_1, , 1M\n');
    folder.write(
      'compose.yml',
      'services:\n  broker:\n    image: docker.io/eclipse-mosquitto:2\n    environment:\n      - DB_PASSWORD=x\n',
    );
    assert.deepEqual(rowsOf(), {
      7: [' app,ota_1 partitions.csv:2 +0'],
      10: ['DB_PASSWORD environment compose.yml:5 +0'],
      11: [' esp_http_client.h main/a.c:2 +0'],
      13: [' eclipse-mosquitto compose.yml:3 +0'],
      15: [' esp_wifi.h main/a.c:1 +1', ' CONFIG_BT_ENABLED sdkconfig:1 +0'],
    });
    folder.write('main/b.c', '#include "esp_wifi.h"\nvoid f(void) { esp_wifi_init(0); }\n');
    assert.deepEqual(rowsOf()[15], [' esp_wifi_init main/b.c:2 +0', ' CONFIG_BT_ENABLED sdkconfig:1 +0']);
  });

  it('takes nothing from copies of the framework in a product', () => {
    folder.write('components/esp_http_server/src/server.c', WEB);
    folder.write('main/a.c', 'int a;\n');
    assert.deepEqual(rowsOf(), {});
  });

  it('leaves tests and examples out', () => {
    folder.write('main/web.c', 'int main(void) { return 0; }\n');
    folder.write('test/web.c', WEB);
    folder.write('examples/web.c', WEB);
    assert.deepEqual(rowsOf(), {});
  });

  it('fits a terminal, and says that an empty table proves nothing', () => {
    folder.write('main/web.c', WEB);
    const { out } = folder.run(['checklist', '--ixit']);
    assert.match(
      out,
      /^IXIT 28\. Logical interfaces\n\n {2}\/config: HTTP address that others call\n {4}httpd_register_uri_handler in main\/web\.c:13$/m,
    );
    assert.match(out, /An empty table says\s+nothing of the product\./);
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    );
  });

  it('makes one table of CSV, and pages that are marked as drafts', () => {
    folder.write('main/web.c', WEB.replace('"/config"', '"=1+1|<b>"'));
    const csv = folder.run(['checklist', '--ixit', '--format', 'csv']).out;
    assert.match(csv, /^table,title,what,name,call,file,line,more places\r\n/);
    assert.match(csv, /^28,.*,'=1\+1\|<b>,httpd_register_uri_handler,main\/web\.c,13,0\r$/m);
    const markdown = folder.run(['checklist', '--ixit', '--format', 'markdown']).out;
    assert.match(markdown, /DRAFT/);
    assert.match(markdown, /\| HTTP address that others call \| =1\+1\\\|&lt;b&gt; \|/);
    const html = folder.run(['checklist', '--ixit', '--format', 'html']).out;
    assert.match(html, /IXIT 28\. Logical interfaces/);
    assert.match(html, /=1\+1\|&lt;b&gt;/);
  });

  it('holds to its schema', () => {
    folder.write('main/web.c', WEB);
    const valid = validatorOf('skarp-ixit');
    const { out } = folder.run(['checklist', '--ixit', '--format', 'json']);
    assert.ok(valid(JSON.parse(out)), JSON.stringify(valid.errors));
  });

  describe('in the report for an assessor', () => {
    const report = (format: string, ...more: string[]): string => {
      folder.write('main/we b).c', WEB);
      const { status, out, err } = folder.run(['checklist', '--format', format, ...more]);
      assert.deepEqual([status, err], [0, '']);
      return out;
    };

    it('stands beside the provisions in JSON, as its schema says', () => {
      const valid = validatorOf('skarp-checklist');
      const list = JSON.parse(report('json')) as Checklist;
      assert.ok(valid(list), JSON.stringify(valid.errors));
      assert.match(list.ixit?.says ?? '', /^Proposed from /);
      const { out } = folder.run(['checklist', '--ixit', '--format', 'json']);
      assert.deepEqual(list.ixit, JSON.parse(out));
    });

    it('stands behind the provisions where people read, called a proposal, each row with its link', () => {
      const markdown = report('markdown', '--draft');
      assert.match(markdown, /The IXIT tables at the end: Proposed from /);
      assert.match(
        markdown,
        /\| HTTP address that others call \| \/config \| .* \| \[main\/we b\)\.c:13\]\(<main\/we%20b\)\.c#L13>\) \|$/m,
      );
      assert.match(
        report('html', '--draft'),
        /IXIT 28\. Logical interfaces<\/h2>[\s\S]*<a href="main\/we%20b\)\.c#L13">main\/we b\)\.c:13<\/a>/,
      );
    });

    it('stands below the provisions in CSV, in the same columns', () => {
      const [head = '', ...lines] = report('csv', '--draft').split('\r\n');
      const row = lines.find((line) => line.startsWith('IXIT 28,')) ?? '';
      assert.match(
        row,
        /^IXIT 28,,Logical interfaces,,,,proposed from code,\/config: HTTP address that others call,.*,httpd_register_uri_handler main\/we b\)\.c:13,.*,DRAFT$/,
      );
      assert.equal(row.split(',').length, head.split(',').length);
    });

    it('is left out of what customers get, and of formats that have no place for it', () => {
      assert.doesNotMatch(report('markdown', '--draft', '--for', 'customer'), /IXIT|httpd_start/);
      for (const format of ['oscal', 'cyclonedx'])
        assert.doesNotMatch(report(format, '--draft'), /httpd_start/);
    });

    it('is in what the editor exports, with texts as they stand in the editor', async () => {
      const session = await deviceSession('thermostat-esp-idf');
      session.open('main/more.c', WEB);
      const host = new NodeHost(pathOf('thermostat-esp-idf'), '');
      const product = {
        uri: 'file:///x/thermostat',
        host,
        proposals: new Proposals(host),
        session,
        report: session.report(),
        today: '2026-01-02',
        fileOf: () => undefined,
      };
      const answer = await exportFor(product, { folder: product.uri, format: 'markdown', draft: true });
      assert.ok('text' in answer);
      assert.match(answer.text, /## IXIT 28\. Logical interfaces[\s\S]*\| \/config \| .*main\/more\.c#L13/);
    });
  });

  it('refuses what does not go together, in one line', () => {
    folder.write('main/web.c', WEB);
    for (const [args, says] of [
      [['--format', 'oscal'], /^skarp: --ixit goes with --format text, json, html, markdown, csv;.*\n$/],
      [['--standard', 'cwe'], /^skarp: --ixit lists .*leave out --verify.*\n$/],
    ] as const) {
      const { status, out, err } = folder.run(['checklist', '--ixit', ...args]);
      assert.equal(status, 2);
      assert.equal(out, '');
      assert.match(err, says);
    }
  });
});
