/** What must stay inside: known by the name under which it comes in, carried on only where that is known. */
import { marked } from '../../support/flowing.js';

const inC = (code: string): string => `static void app(void) {\n  char kept[32];\n  ${code}\n}`;
const inTs = (code: string): string => `import * as gadget from 'gadget';\n${code}`;

describe('secrets in C', () => {
  marked(
    'main.c',
    {
      'come in under the name of one': 'fetch_named("wifi_password", kept); show("%s", «kept»);',
      'come in under a name that is a constant': `}
#define KEY "api_key"
static void other(void) { char kept[9]; fetch_named(KEY, kept); show("%s", «kept»);`,
      'are told from what has another name': 'fetch_named("ssid", kept); show("%s", kept);',
      'are told from what has a name that nobody knows': 'fetch_named(pick(), kept); show("%s", kept);',
      'are printed in part': 'fetch_named("psk", kept); show("%02x", «kept[0]»);',
      'are not what is printed as a pointer or a length':
        'fetch_named("psk", kept); show("%p %u", kept, strlen(kept));',
      'are copied':
        'char line[64]; fetch_named("psk", kept); print(line, 64, "k=%s", kept); show("%s", «line»);',
      'are not what an unknown function makes of them':
        'fetch_named("psk", kept); int state = join(kept); show("%s", text_of(state)); show("%s", seal(kept));',
      'are gone once they are overwritten': 'fetch_named("psk", kept); wipe(kept); show("%s", kept);',
      'stay secrets when they are compared':
        'fetch_named("psk", kept); if (same(kept, "none") == 0) return; show("%s", «kept»);',
    },
    inC,
  );
  marked('main.c', {
    'pass through functions of the product': `static void note(const char *text) { show("%s", «text»); }
static void load(char *to) { fetch_named("token", to); }
void app(void) { char kept[9]; load(kept); note(kept); }`,
    'do not pass through functions that give them to nobody knows whom': `static char *wrap(char *text) { return seal(text); }
void app(void) { char kept[9]; fetch_named("token", kept); show("%s", wrap(kept)); }`,
  });
});

describe('secrets in TypeScript', () => {
  marked(
    'main.ts',
    {
      'are members called as one': 'gadget.show(«gadget.kept.apiKey»); gadget.show(gadget.kept.host);',
      'lie deeper':
        'const { broker } = gadget.kept; gadget.show(«broker.password»); gadget.show(broker.user);',
      'are reached by a text': "gadget.show(«gadget.kept['access_token']»);",
      'are part of an object':
        'const login = { key: gadget.kept.apiKey, host: 1 }; gadget.show(«login»); gadget.show(login.host);',
      'are not whether they are there': "gadget.show(gadget.kept.apiKey ? 'set' : 'none');",
      'are not what an unknown function makes of them':
        'const answer = await ask(gadget.kept.apiKey); gadget.show(answer);\nask2(gadget.kept.apiKey, (answer) => { gadget.show(answer); });',
      'leave for an address without encryption':
        "const key = gadget.kept.apiKey;\ngadget.send('http://a.example', «key»); gadget.send(`ws://${gadget.kept.host}/x`, «key»);",
      'may leave for another address':
        "const key = gadget.kept.apiKey;\ngadget.send('https://a.example', key); gadget.send('http://localhost/x', key); gadget.send(gadget.kept.host, key);",
    },
    inTs,
  );
});
