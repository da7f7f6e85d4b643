/** What makes a text dangerous in a role, and which checks, patterns and conditions of tables decide it. */
import { marked } from '../../support/flowing.js';

const all = (code: string): string =>
  `import { read, run, open, resolve, call, start, answer, connect } from 'gadget';\n${code}`;
const inside = (code: string): string =>
  all(`export function f(own: string, store: any) { const text = read(); ${code} }`);

describe('a pattern for a command', () => {
  marked(
    'main.ts',
    {
      'lets everything through': 'if (!/^.*$/.test(text)) return; run(«text»);',
      'lets a bar through': 'if (!/^[a-z|]+$/.test(text)) return; run(«text»);',
      'lets words through': 'if (!/^[\\w -]+$/.test(text)) return; run(text);',
      'lets words through as a match': 'if (!text.match(/^\\w+$/)) return; run(text);',
      'is for one of two alternatives only': 'if (!/^a|\\w+$/.test(text)) return; run(«text»);',
      'refuses all that a shell reads': 'if (/[;&|`$\\n]/.test(text)) return; run(text);',
      'refuses some that a shell reads': 'if (/[\\s;]/.test(text)) return; run(«text»);',
      'takes all away that is none of these': "run(text.replace(/[^a-z]/g, ''));",
      'takes the first away': "run(«text.replace(/[^a-z]/, '')»);",
      'is asked of the text without its ends': 'if (!/^\\w+$/.test(text.trim())) return; run(text);',
      'is asked in a function':
        'if (!(function (word: string) { return /^\\w+$/.test(word); })(own)) return; run(«text»);',
    },
    inside,
  );
});

describe('a condition of a sink', () => {
  marked(
    'main.ts',
    {
      'is an option that is set': "start('x', «text», { shell: true });",
      'is an option that is not set': "start('x', text, { shell: false }); start('x', text);",
      'is an argument': "start('sh', «['-c', text]»);",
      'is an option that is left out': "start('sh', text, { safe: 1 });",
      'is not known to hold': 'start(own, text, store);',
      'is a part of an object': "call({ url: «text», body: 'x' }); call({ url: own, body: text });",
      'is a mark of what it is called on': "answer().send(«text»); answer().kind('text').send(text);",
      'is a mark of the other kind': "answer().kind('html').send(«text»);",
      'is a mark on one way': "const a = answer(); if (own) a.kind('text'); a.send(«text»);",
    },
    inside,
  );
});

describe('the path of a file', () => {
  marked(
    'main.ts',
    {
      'is joined': "open(«'/data/' + text»);",
      'is compared with its root before it is resolved':
        "const p = '/data/' + text; if (!p.startsWith('/data/')) return; open(«p»);",
      'is compared with its root after':
        "const p = resolve('/data', text); if (!p.startsWith('/data/')) return; open(p);",
      'is compared with a root from outside':
        "const p = resolve('/data', text); if (!p.startsWith(read())) return; open(«p»);",
      'is found at its root':
        "const p = resolve('/data', text); if (p.indexOf('/data') !== 0) return; open(p);",
      'is resolved only': "open(«resolve('/data', text)»);",
      'has no dots': "if (text.includes('..')) return; open('/data/' + text);",
      'has no dots, by position': "if (text.indexOf('..') >= 0) return; open('/data/' + text);",
      'has dots': "if (!text.includes('..')) return; open(«'/data/' + text»);",
      'lacks something else': "if (text.includes('x')) return; open(«'/data/' + text»);",
      'is found by what was sent': 'open(store.find(text));',
    },
    inside,
  );
});

describe('an address', () => {
  marked(
    'main.ts',
    {
      'is given': 'call(«text»);',
      'is a path of a fixed host': 'call(`https://host.example/${text}`); call(`/api/${text}`);',
      'is a path of a host that the device knows': 'call(`${own}/${text}`);',
      'is a host': 'call(«`https://${text}/x`»);',
      'is a host behind a scheme that the device knows': 'call(«`${own}://${text}/x`»);',
      'begins with a fixed host': "if (!text.startsWith('https://host.example/')) return; call(text);",
    },
    inside,
  );
});

describe('a key', () => {
  marked(
    'main.ts',
    {
      'is written below another': "«store[text][own]» = 'x';",
      'is written at the top': "store[text] = 'x';",
      'is refused': "if (text === '__proto__') return; store[text][own] = 'x';",
      'is known': "if (!Object.hasOwn(store, text)) return; store[text][own] = 'x';",
      'is that of an object without a prototype': "const bare = Object.create(null); bare[text][own] = 'x';",
    },
    inside,
  );
});

describe('a list of parts', () => {
  marked(
    'main.ts',
    {
      'is refused where some part is bad': {
        'main.ts': all(
          "const BAD = ['__proto__'];\nconst isBad = (path: string) => path.split('.').some((part) => BAD.includes(part));\nexport function f(store: any, own: string) { const text = read(); if (isBad(text)) return; store[text][own] = 1; }\nexport function g(store: any, own: string) { const text = read(); if (!isBad(text)) return; «store[text][own]» = 1; }",
        ),
      },
    },
    inside,
  );
});

describe('a part that an interface names', () => {
  marked('main.ts', {
    'is called by its class': {
      'a.ts': all('export class Box { go(word: string) { run(«word»); } }'),
      'main.ts': all(
        "import type { Box } from './a.js';\nexport interface Deps { box: Box }\nexport function f({ box }: Deps) { connect().on('message', (text: string) => { box.go(text); }); }",
      ),
    },
  });
});

describe('a text in C', () => {
  marked(
    'main.c',
    {
      'begins as it should and goes on as it likes': 'if (begins(in, "ok") != 0) return; run(«in»);',
      'has no dots': 'if (holds(in, "..")) return; open_file(in);',
      'has dots': 'if (!holds(in, "..")) return; open_file(«in»);',
      'lacks something else': 'if (holds(in, "x")) return; open_file(«in»);',
      'is a path of a fixed host': 'print(cmd, 64, "http://host/%s", in); call_url(URL, cmd);',
      'is a host': 'print(cmd, 64, "http://%s/x", in); call_url(URL, «cmd»); call_url(AGENT, in);',
    },
    (code) => `void f(char *own) { char in[32], cmd[64]; wire(in, sizeof in); ${code} }`,
  );
});
