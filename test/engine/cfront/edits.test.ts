/**
 * Typing: facts after each edit are those of a fresh reading. `SKARP_EDITS` says how many edits, and `SKARP_CORPUS` names
 * a folder with C files to type in instead of ours.
 */
import assert from 'node:assert/strict';
import { Masks } from '../../../server/src/engine/cfront/masks.js';
import type { Memory } from '../../../server/src/engine/engine.js';
import { scanC } from '../../../server/src/engine/scan/scan.js';
import { corpus, corpusFiles, deviceFiles } from '../../support/c-files.js';
import { readC } from '../../support/c-front.js';
import { grammars } from '../../support/grammars.js';

const EDITS = Number(process.env['SKARP_EDITS'] ?? 500);

/** Everything that macros and conditions can do to a file. */
const MACROS = `#include <zephyr/kernel.h>
#define OUR_API __attribute__((weak))
#define OUR_NOTHING
#define PREFIX "dev/"
LOG_MODULE_REGISTER(app, LOG_LEVEL_DBG);
K_THREAD_DEFINE(tid, 512, entry, NULL, NULL, NULL, 5, 0, 0);
static TAILQ_HEAD(list, entry) queue = TAILQ_HEAD_INITIALIZER(queue);
static const esp_http_client_config_t config = {
    .url = "https://example.com" PREFIX,
#ifdef CONFIG_INSECURE
    .skip_cert_common_name_check = true,
#else
    .crt_bundle_attach = esp_crt_bundle_attach,
#endif
};
OUR_API int IRAM_ATTR start(OUR_IN int a, char *b)
{
    esp_tls_cfg_t cfg = { .common_name = "a", .PRIVATE(mode) = 1 };
    char buffer[16];
    SLIST_FOREACH(e, &head, next) {
        strcpy(buffer, b);
        OUR_NOTHING system(b);
    }
    CHECK_GOTO(esp_wifi_start(), goto out);
#if CONFIG_A
    if (a) {
#else
    if (!a) {
#endif
        esp_http_client_handle_t client = esp_http_client_init(&config);
        use(client, "-----BEGIN PRIVATE KEY-----");
    }
    ASSERT_OP(sprintf(buffer, "%s", b), ==, 0)
    cfg.skip_common_name = true;
out:
    asm volatile ("mov %0, %1" : "=r" (a) : "r" (b));
    return esp_tls_conn_new_sync("h", 1, 443, &cfg, container_of(a, struct s, b));
}
#if CONFIG_B
TEST_CASE("boots", "[a]") { use(1); }
#elif CONFIG_C
ISR(TIMER_vect) {
#else
void other(void) {
#endif
    // skarp-ignore tls-verify-off -- a test of ours
    use(2);
}
SHELL_CMD_REGISTER(wifi, &sub, "Wi-Fi", cmd_wifi);
`;

const PIECES = [
  ...[
    'x',
    ' ',
    '\n',
    ';',
    '{',
    '}',
    '(',
    ')',
    '"',
    "'",
    ',',
    '/*',
    '*/',
    '//',
    '\\',
    '*',
    '&',
    '=',
    '#',
    '1',
  ],
  ...[
    '\n#if A\n',
    '\n#else\n',
    '\n#endif\n',
    '\n#define M\n',
    '\nint g(void) {\n',
    'use(3);',
    'FOREACH(a) {',
    'OUR_API ',
  ],
  ...['cfg', 'system(b);', '.url = "http://a"', 'static ', 'return ', '"-----BEGIN "'],
];

/** Numbers between 0 and 1, the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function edited(text: string, original: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const choice = random();
  // Back to a text that makes sense, now and then.
  if (choice < 0.04) return original;
  if (choice < 0.5)
    return text.slice(0, at) + (PIECES[Math.floor(random() * PIECES.length)] ?? '') + text.slice(at);
  if (choice < 0.8) return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 4));
  if (choice < 0.9) return text.slice(0, at) + text.slice(at + Math.floor(random() * 200));
  const from = Math.floor(random() * text.length);
  return text.slice(0, at) + text.slice(from, from + Math.floor(random() * 200)) + text.slice(at);
}

/** Files of a corpus that are typed in. */
const MOST_FILES = 50;
describe('C: facts after an edit', () => {
  const device = deviceFiles();
  const ours = (...names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, device[name] ?? '']));
  const texts: Record<string, string> =
    corpus === undefined
      ? { 'a file full of macros': MACROS, ...ours('cloud.c', 'http_server.c', 'wifi.c') }
      : corpusFiles(corpus, MOST_FILES);
  for (const [index, [name, original]] of Object.entries(texts).entries())
    it(`equal those of a fresh reading: ${name}`, async () => {
      const random = numbers(index + 1);
      const masks = new Masks(scanC(original).macros);
      let text = original;
      let memory: Memory | undefined;
      for (let edit = 0; edit < EDITS / Object.keys(texts).length; edit++) {
        const read = await readC(text, masks, memory);
        memory = read.memory;
        assert.deepEqual(read.facts, (await readC(text, masks)).facts, `edit ${String(edit)}`);
        text = edited(text, original, random);
        // Pasted once too often: what is typed in shall stay of its size.
        if (text.length > 2 * original.length) text = original;
      }
    }).timeout(EDITS * 200);

  it('are read anew for nothing but the item that was edited', async () => {
    const original = `${MACROS}${device['http_server.c'] ?? ''}`;
    const masks = new Masks(scanC(original).macros);
    const { memory } = await readC(original, masks);
    const parsed = await textsParsed(async () => {
      await readC(original.replace('strcpy(buffer, b);', 'strcpy(buffer, b + 1);'), masks, memory);
    });
    assert.ok(parsed.length > 0);
    for (const text of parsed) assert.match(text, /int\s+start\(/);
  });

  it('tell nothing that only a former text asked for', async () => {
    const helpers =
      'int *limit(int *a, int *b) { return b; }\nint first(void) { int x = limit(&y, z); return x; }\n';
    const masks = new Masks([]);
    let memory: Memory | undefined;
    for (const asked of ['limit', 'y', 'z', 'x', 'first', 'nothing', 'limit(a, z)', 'y']) {
      const text = `${helpers}int g(void) { return use(${asked}); }\n`;
      const read = await readC(text, masks, memory);
      assert.deepEqual(read.facts, (await readC(text, masks)).facts, asked);
      memory = read.memory;
    }
  });

  it('are read anew for all that is told otherwise about a name', async () => {
    const below = 'OUR_API (f)(void) { use(1); }\nint g(void) { use(2); }\n';
    const [before, after] = [`#define OUR_API static\n${below}`, `#define OUR_API 5\n${below}`];
    const { memory } = await readC(before);
    assert.deepEqual((await readC(after, undefined, memory)).facts, (await readC(after)).facts);
  });
});

/** What the parser of C is given meanwhile. */
async function textsParsed(run: () => Promise<void>): Promise<string[]> {
  await grammars.load('c');
  const parser = grammars.parser('c');
  const given: string[] = [];
  const parse = parser.parse.bind(parser);
  parser.parse = (text, ...more) => {
    given.push(String(text));
    return parse(text, ...more);
  };
  try {
    await run();
  } finally {
    Reflect.deleteProperty(parser, 'parse');
  }
  return given;
}
