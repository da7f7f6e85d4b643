/** Ways that a text takes in TypeScript, and the checks that make it safe. */
import { marked } from '../../support/flowing.js';

const all = (code: string): string =>
  `import { read, run, quote, connect, route, valid, settings } from 'gadget';\n${code}`;
const inside = (code: string): string =>
  all(`export async function f(own: string, list: string[]) { const text = read(); ${code} }`);

describe('a text from outside, checked in TypeScript', () => {
  marked(
    'main.ts',
    {
      'arrives without a check': 'run(«text»);',
      'is safe in a list of constants': "if (!['on', 'off'].includes(text)) return; run(text);",
      'is safe in a list held by a name': "const ok = ['on', 'off']; if (ok.includes(text)) run(text);",
      'is safe in a list given by the device': 'if (!list.includes(text)) return; run(text);',
      'is not safe where it includes something': "if (!text.includes('x')) return; run(«text»);",
      'is not safe by a list of the wrong polarity': "if (['on'].includes(text)) return; run(«text»);",
      'is safe in a set': "const ok = new Set(['on']); if (!ok.has(text)) return; run(text);",
      'is safe by a position in a list': 'if (list.indexOf(text) === -1) return; run(text);',
      'is safe by a pattern for the whole': 'if (!/^[a-z]+$/.test(text)) return; run(text);',
      'is not safe by a pattern for a part': 'if (!/[a-z]/.test(text)) return; run(«text»);',
      'is safe where a pattern for a part refuses': 'if (/[^a-z]/.test(text)) throw new Error(); run(text);',
      'is not safe where a pattern for the whole refuses': 'if (/^[a-z]+$/.test(text)) return; run(«text»);',
      'is safe by a pattern held by a name': 'const ok = /^\\d+$/; if (ok.test(text)) run(text);',
      'is safe where it is equal': "if (text !== 'on') return; run(text);",
      'is safe where it is equal to what the device has': 'if (text === own) run(text);',
      'is not safe where it differs': "if (text === 'off') return; run(«text»);",
      'is safe in a case': "switch (text) { case 'on': run(text); break; default: }",
      'is not safe in a default': "switch (text) { case 'on': break; default: run(«text»); }",
      'is safe as a number': 'run(`sleep ${Number(text)}`);',
      'is safe as a number held by a name':
        'const n = parseInt(text, 10); if (isNaN(n)) return; run(`sleep ${n}`);',
      'is safe where it is a number': "if (typeof text !== 'number') return; run(text);",
      'is not safe where it is a text': "if (typeof text !== 'string') return; run(«text»);",
      'is safe where it is a whole number': 'if (!Number.isInteger(text)) return; run(text);',
      'is safe quoted': 'run(`ping ${quote(text)}`);',
      'is safe by a word of a table': 'if (!valid(text)) return; run(text);',
      'is not safe by a check of another': 'if (!valid(own)) return; run(«text»);',
      'is not safe after it was given a new value':
        'let t = text; if (!valid(t)) return; t = read(); run(«t»);',
      'is safe where a conditional chooses': "run(list.includes(text) ? text : 'off');",
      'is not safe where a conditional chooses wrongly': "run(«list.includes(text) ? 'off' : text»);",
      'is safe inside of &&': 'own && valid(text) && run(text);',
      'is not safe on a way round the check': 'if (own) { if (!valid(text)) return; } run(«text»);',
      'is safe as its length': 'run(`head -c ${text.length}`);',
    },
    inside,
  );
});

describe('what comes from outside in TypeScript', () => {
  marked(
    'main.ts',
    {
      'is joined': "run(«'ping ' + text»);",
      'is put into a template': 'run(«`ping ${text} -c 1`»);',
      'is put together bit by bit': "let line = 'ping '; line += text; run(«line»);",
      'is kept in a field of an object': 'const o = { a: own, b: text }; run(o.a); run(«o.b»);',
      'is set in a field of an object': 'const o: any = {}; o.b = text; run(o.a); run(«o.b»);',
      'is kept in an array': 'const a = [own, text]; run(a[0]); run(«a[1]»);',
      'is pushed into an array': "const a: string[] = []; a.push(text); run(«a.join(' ')»);",
      'is taken out of an object': 'const { a: { b } } = { a: { b: text } }; run(«b»);',
      'is taken out of an object with a default': "const { a = 'x' } = text; run(«a»);",
      'is taken out of an array': 'const [, b] = text; run(«b»);',
      'is taken with the rest': 'const { a, ...rest } = text; run(«rest.b»);',
      'is spread into an object': 'const o = { a: own, ...text }; run(«o.b»);',
      'is spread before a field that is set': 'const o = { ...text, a: own }; run(o.a); run(«o.b»);',
      'is parsed': 'const m = JSON.parse(text); run(«m.command»);',
      'is read by a name in brackets': "const m = JSON.parse(text); run(«m['command']»);",
      'is awaited': 'const m = await load(text); run(«m»);',
      'is one of many': 'for (const each of text) run(«each»);',
      'is a key': 'for (const key in text) run(«key»);',
      'is given to each': 'JSON.parse(text).forEach((each: string) => run(«each»));',
      'comes with a promise': 'load(text).then((got) => run(«got»));',
      'comes with a promise, a step later': 'load(text).then((got) => got.name).then((name) => run(«name»));',
      'passes through ??': "run(«text ?? 'off'»);",
      'passes through ||': "run(«text || 'off'»);",
      'is chosen or not': 'run(«own ? text : own»);',
      'passes through try': 'let m; try { m = JSON.parse(text); } catch { return; } run(«m.a»);',
      'is caught': "try { check(text); } catch (error) { run('x'); }",
      'is asserted to be something': 'run((«text as unknown as string»));',
      'is nothing of a comparison': "run(text === 'x');",
      'is set by a closure': "let last = ''; list.forEach(() => { last = text; }); run(«last»);",
      'is seen by a closure': 'setTimeout(() => run(«text»), 10);',
      'is seen by a closure of a closure': 'list.map(() => list.map(() => run(«text»)));',
    },
    inside,
  );
  marked(
    'main.ts',
    {
      'comes with a message of a device': "const d = connect(); d.on('message', (text) => run(«text»));",
      'does not come with another event': "const d = connect(); d.on('open', (text) => run(text));",
      'comes to a function by name':
        "function got(a: string, b: string) { run(«b»); }\nconst d = connect(); d.on('message', got);",
      'comes to a method':
        "export class A { constructor() { const d = connect(); d.on('message', this.got.bind(this)); } got(a: string) { run(«a»); } }",
      'comes to a method through a closure':
        "export class A { constructor() { const d = connect(); d.on('message', (a) => this.got(a)); } private got(a: string) { run(«a»); } }",
      'comes to an arrow function in a field':
        "export class A { start() { const d = connect(); d.on('message', this.got); } got = (a: string) => { run(«a»); }; }",
      'comes with a device that was injected':
        "import { Device } from 'gadget';\nexport class A { constructor(private readonly d: Device) {} start() { this.d.on('message', (a) => run(«a»)); } }",
      'comes with a request': "route('/x', (req) => run(«req.body.name»));",
      'comes with a request, taken apart': "route('/x', ({ body: { name } }) => run(«name»));",
      'comes with a request, checked':
        "route('/x', (req) => { if (!valid(req.query)) return; run(req.query); });",
      'does not come with other fields of a request': "route('/x', (req) => run(req.id));",
      'comes with a request of a type':
        "import type { Request } from 'gadget';\nexport function handler(req: Request) { run(«req.query.a»); }",
      'is a value of the library': 'run(«settings.name»);',
      'is kept in a field of a class':
        "export class A { last = ''; keep() { this.last = read(); } use() { run(«this.last»); } }",
      'is kept in another field of a class':
        "export class A { last = ''; own = ''; keep() { this.last = read(); } use() { run(this.own); } }",
      'is kept in a variable of the module':
        "let last = ''; export function keep() { last = read(); } export function use() { run(«last»); }",
      'is given to a constructor':
        'class A { constructor(private name: string) {} use() { run(«this.name»); } }\nexport const a = new A(read());',
    },
    all,
  );
});

describe('functions of the product in TypeScript', () => {
  marked(
    'main.ts',
    {
      'give back what they are given': 'const id = (a: string) => a;\nrun(«id(read())»);',
      'give back another': "const second = (a: string, b: string) => b;\nrun(second(read(), 'x'));",
      'give back a promise':
        'async function load() { return read(); }\nexport async function f() { run(await «load()»); }',
      'take it where it matters': 'function go(a: string) { run(«a»); }\ngo(read());',
      'take it where it matters, checked by the caller':
        'function go(a: string) { run(a); }\nconst t = read(); if (valid(t)) go(t);',
      'take it where it matters, checked by themselves':
        'function go(a: string) { if (!valid(a)) return; run(a); }\ngo(read());',
      'take it in an object': 'function go({ name }: any) { run(«name»); }\ngo({ name: read() });',
      'take another field of an object':
        "function go({ id }: any) { run(id); }\ngo({ name: read(), id: 'x' });",
      'answer only for what is allowed':
        "function ok(a: string) { return ['on', 'off'].includes(a); }\nconst t = read(); if (ok(t)) run(t);",
      'answer for two things together':
        "function ok(a: string) { return typeof a === 'string' && /^[a-z]+$/.test(a); }\nconst t = read(); if (ok(t)) run(t);",
      'answer for the opposite':
        "function bad(a: string) { return !['on', 'off'].includes(a); }\nconst t = read(); if (bad(t)) run(«t»);",
      'throw for what is not allowed':
        "function must(a: string) { if (!valid(a)) throw new Error('no'); }\nexport function f() { const t = read(); must(t); run(t); }",
      'make it safe': 'function clean(a: string) { return quote(a); }\nrun(clean(read()));',
      'are methods': 'class A { go(a: string) { run(«a»); } }\nexport function f(a: A) { a.go(read()); }',
      'are static methods': 'class A { static go(a: string) { run(«a»); } }\nA.go(read());',
      'are methods of what they extend':
        'class B { go(a: string) { run(«a»); } }\nclass A extends B { f() { this.go(read()); } }\nexport default A;',
      'are handed over and called':
        'function each(cb: (a: string) => void) { cb(read()); }\neach((a) => run(«a»));',
      'call themselves':
        'function down(a: string, n: number): string { return n ? down(a, n - 1) : a; }\nrun(«down(read(), 3)»);',
      'lie in an object': 'const tools = { go(a: string) { run(«a»); } };\ntools.go(read());',
    },
    all,
  );
  marked('main.ts', {
    'lie in other files': {
      'a.ts': "import { run } from 'gadget';\nexport function go(a: string) { run(«a»); }",
      'b.ts': "import { read } from 'gadget'; import { go } from './a.js';\ngo(read());",
    },
    'lie in other files, under another name': {
      'a.ts': "import { run } from 'gadget';\nfunction go(a: string) { run(«a»); }\nexport { go as start };",
      'b.ts': "import { read } from 'gadget'; import { start as begin } from './index.js';\nbegin(read());",
      'index.ts': "export * from './a.js';",
    },
    'lie in other files, in a namespace': {
      'a.ts': "import { run } from 'gadget';\nexport const go = (a: string) => run(«a»);",
      'b.ts': "import { read } from 'gadget'; import * as a from './a.js';\na.go(read());",
    },
    'lie in classes of other files': {
      'a.ts': "import { run } from 'gadget';\nexport class Runner { go(a: string) { run(«a»); } }",
      'b.ts':
        "import { read } from 'gadget'; import { Runner } from './a.js';\nexport class B { private r = new Runner(); constructor(private other: Runner) {} f() { this.other.go(read()); } }",
    },
    'lie in classes of other files, made here': {
      'a.ts': "import { run } from 'gadget';\nexport class Runner { go(a: string) { run(«a»); } }",
      'b.ts':
        "import { read } from 'gadget'; import { Runner } from './a.js';\nconst r = new Runner(); export function f() { r.go(read()); }",
      'c.ts':
        "import { read } from 'gadget'; import { Runner } from './a.js';\nexport class C { private r = new Runner(); f() { this.r.go(read()); } }",
    },
    'are required': {
      'a.js': "const { run } = require('gadget');\nfunction go(a) { run(«a»); }\nmodule.exports = { go };",
      'b.js':
        "const { read } = require('gadget'); const a = require('./a'); const { go } = require('./a');\na.go(read()); go(read());",
    },
    'are required as a whole': {
      'a.js': "const gadget = require('gadget');\nmodule.exports = function (a) { gadget.run(«a»); };",
      'b.js':
        "const { read } = require('gadget'); const go = require('./a.js');\nfunction f() { go(read()); }\nexports.f = f;",
    },
    'check by constants of other files': {
      'a.ts': "export const ALLOWED = ['on', 'off'];",
      'b.ts':
        "import { read, run } from 'gadget'; import { ALLOWED } from './a.js';\nconst t = read(); if (ALLOWED.includes(t)) run(t);",
    },
  });
});
