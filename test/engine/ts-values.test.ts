/** What a TypeScript rule sees of values: literals, constants, fields, and constants of other files. */
import { rows, seenInTs, valuesInTs } from '../support/seen.js';

const use = "import { use } from 'gadget';";

describe('TypeScript: the value of an expression', () => {
  rows(valuesInTs, {
    'of a literal is what it says': [
      "use('s', `t`, 5, 0xff, 1_000, 10n, -3, 1.5, true, null, undefined)",
      's t 5 255 1000 10 -3 1.5 true null null',
    ],
    'of a string has its escapes undone': ["use('a\\n\\u0041\\x41', \"it's\", '\\'')", "a\nAA it's '"],
    'of joined strings is the whole': ["use('a' + 'b' + 'c')", 'abc'],
    'of a template is the whole, when its parts are known': [
      "const host = 'h'; use(`mqtt://${host}:${1883}`)",
      'mqtt://h:1883',
    ],
    'of a template with an unknown part is unknown': ['use(`mqtt://${host}`)', '?'],
    'of arithmetic is computed': ['use(1 + 2, 4 * 256, 2 ** 10, 60 * 60 - 1)', '3 1024 1024 3599'],
    'of a cast is the value': [
      "use('a' as const, 'b' as string, 'c' satisfies string, 'd'!, ('e'))",
      'a b c d e',
    ],
    'of either branch of a conditional is unknown': ["use(c ? 'a' : 'b')", '?'],
    'of a default is unknown': ["use(given ?? 'a', given || 'b', process.env.X ?? 'c')", '? ? ?'],
    'of a call is unknown': ["use(String(1), 'a'.trim())", '? ?'],
    'of a negation and of a remainder is computed': ['use(!true, 7 % 2)', 'false 1'],
  });
});

describe('TypeScript: the value of a variable', () => {
  rows(valuesInTs, {
    'given once is known': ["const a = 'x'; let b = 'y'; let c; c = 'z'; use(a, b, c)", 'x y z'],
    'declared below is known': ["function f() { use(a); } const a = 'x';", 'x'],
    'through another is known': ["const a = 'x'; const b = a; use(b)", 'x'],
    'given twice is unknown': ["let a = 'x'; a = 'y'; use(a)", '?'],
    'given in two branches is unknown': ["let a; if (c) a = 'x'; else a = 'y'; use(a)", '?'],
    'counted or added to is unknown': ['let a = 1; a++; let b = 1; b += 1; use(a, b)', '? ?'],
    'of a parameter is unknown, its default too': ["function f(a, b = 'x') { use(a, b); }", '? ?'],
    'of an outer scope is hidden by an inner one': [
      "const a = 'x'; { const a = 'y'; use(a); } use(a)",
      'y',
      'x',
    ],
    'of an outer scope is hidden by a parameter': ["const a = 'x'; const f = (a) => use(a)", '?'],
    'that leads back to itself is unknown': ['const a = b; const b = a; use(a)', '?'],
    'of an element is known': ["const all = ['x']; use(all[0]); const [a] = ['y']; use(a)", 'x', 'y'],
    'of a loop variable is unknown, whatever an outer one of its name is': [
      "const a = 'x'; for (const a of all) use(a)",
      '?',
    ],
    'of a var inside a block hides one outside its function': [
      "var a = 'x'; function f() { if (c) { var a = 'y'; } use(a); }",
      'y',
    ],
  });
});

describe('TypeScript: the value of a field', () => {
  rows(valuesInTs, {
    'is known, nested and quoted ones too': [
      "const o = { a: 'x', b: { c: 'y' }, 'd-e': 'z' }; use(o.a, o['a'], o.b.c, o['d-e'])",
      'x x y z',
    ],
    'is known when it was taken out': [
      "const o = { a: 'x' }; const { a } = o; const { a: b } = o; use(a, b)",
      'x x',
    ],
    'is the one written last': ["const o = { a: 'x' }; o.a = 'y'; use(o.a)", 'y'],
    'of the own class is known': ["class K { readonly a = 'x'; f() { use(this.a); } }", 'x'],
    'of the own class is unknown when it changes': [
      "class K { a = 'x'; g() { this.a = 'y'; } f() { use(this.a); } }",
      '?',
    ],
    'that is not there is unknown': ["const o = { a: 'x' }; use(o.b)", '?'],
    'is unknown when an unknown spread stands behind it': [
      "const o = { a: 'x', ...more }; const p = { ...more, a: 'x' }; use(o.a, p.a)",
      '? x',
    ],
  });
});

describe('TypeScript: the value of a constant of another file', () => {
  rows(valuesInTs, {
    'is known, whatever the form of its export': [
      {
        'c.ts': "const b = 'y'; export const a = 'x'; export { b, b as c }; export let d = 'z';",
        'main.ts': `${use} import { a, b, c, d } from './c'; use(a, b, c, d);`,
      },
      'x y y z',
    ],
    'is known under another name': [
      { 'c.ts': "export const a = 'x';", 'main.ts': `${use} import { a as b } from './c'; use(b);` },
      'x',
    ],
    'is known through a namespace': [
      { 'c.ts': "export const a = 'x';", 'main.ts': `${use} import * as c from './c'; use(c.a);` },
      'x',
    ],
    'is known behind the .js that stands for a .ts': [
      { 'lib/c.ts': "export const a = 'x';", 'main.ts': `${use} import { a } from './lib/c.js'; use(a);` },
      'x',
    ],
    'is known through an index file': [
      { 'lib/index.ts': "export const a = 'x';", 'main.ts': `${use} import { a } from './lib'; use(a);` },
      'x',
    ],
    'is known through re-exports': [
      {
        'c.ts': "export const a = 'x'; export const b = 'y';",
        'd.ts': "export { a, b as c } from './c';",
        'e.ts': "export * from './c';",
        'main.ts': `${use} import { a, c } from './d'; import { b } from './e'; use(a, c, b);`,
      },
      'x y y',
    ],
    'is unknown when files export each other in a circle': [
      {
        'a.ts': "export * from './b';",
        'b.ts': "export * from './a';",
        'main.ts': `${use} import { k } from './a'; use(k);`,
      },
      '?',
    ],
    'is unknown when it is changed there': [
      {
        'c.ts': "export let a = 'x'; export function f() { a = 'y'; }",
        'main.ts': `${use} import { a } from './c'; use(a);`,
      },
      '?',
    ],
    'is a field of a config module': [
      {
        'c.ts': "export const config = { mqtt: { url: 'x' } };",
        'main.ts': `${use} import { config } from './c'; use(config.mqtt.url);`,
      },
      'x',
    ],
    'is known from a default export': [
      { 'c.ts': "export default { a: 'x' };", 'main.ts': `${use} import c from './c'; use(c.a);` },
      'x',
    ],
    'is known from module.exports': [
      {
        'c.js': "module.exports = { a: 'x' };",
        'main.js': "const { use } = require('gadget'); const c = require('./c'); use(c.a);",
      },
      'x',
    ],
    'is known behind export * as': [
      {
        'c.ts': "export const a = 'x';",
        'd.ts': "export * as ns from './c';",
        'main.ts': `${use} import { ns } from './d'; use(ns.a);`,
      },
      'x',
    ],
  });

  rows((files) => seenInTs(files, { call: { 'gadget.use': ({ args: [value] }) => value?.origin?.file } }), {
    'is said to stand in that file': [
      { 'c.ts': "export const a = 'x';", 'main.ts': `${use} import { a } from './c'; use(a);` },
      'c.ts',
    ],
  });
});

describe('TypeScript: the value of an enumerator', () => {
  rows(valuesInTs, {
    'is given, counted or computed': [
      "enum E { A, B = 4, C, D = B | 1, F = 'x', 'G-H' = 2 } use(E.A, E.B, E.C, E.D, E.F, E['G-H'])",
      '0 4 5 5 x 2',
    ],
    'counts on from what is computed': ['enum E { A = 1 << 2, B, C } use(E.A, E.B, E.C)', '4 5 6'],
    'of a const enum of another file is known': [
      {
        'c.ts': "export const enum E { A = 'x', B = 'y' }",
        'main.ts': `${use} import { E } from './c'; use(E.B);`,
      },
      'y',
    ],
    'behind one that is unknown is unknown': ['enum E { A = f(), B } use(E.A, E.B)', '? ?'],
  });
});

describe('TypeScript: the value of a constant of a class', () => {
  rows(valuesInTs, {
    'is known from static fields and getters': [
      "class K { static readonly A = 'x'; static B = 2; static get C() { return 'z'; } } use(K.A, K.B, K.C)",
      'x 2 z',
    ],
    'is unknown when a static field changes': [
      "class K { static A = 'x'; static f() { this.A = 'y'; } } use(K.A); class L { static A = 'x'; } L.A = 'y'; use(L.A)",
      '?',
      'y',
    ],
    'is known from private fields and getters': [
      "class K { #a = 'x'; get b() { return `${this.#a}y`; } f() { use(this.#a, this.b); } }",
      'x xy',
    ],
    'is unknown when a private field changes': [
      "class K { #a = 'x'; g() { this.#a = 'y'; } f() { use(this.#a); } }",
      '?',
    ],
    'is unknown from a getter that decides': [
      "class K { get a() { if (c) return 'x'; return 'y'; } f() { use(this.a); } }",
      '?',
    ],
    'is known of a class of another file': [
      {
        'c.ts': "export class K { static readonly A = 'x'; }",
        'main.ts': `${use} import { K } from './c'; use(K.A);`,
      },
      'x',
    ],
  });
});

describe('TypeScript: the value of a default of a parameter', () => {
  rows(valuesInTs, {
    'is known where every call of the function leaves it out': [
      "function f(a, b = 'x') { use(b); } f(1); f(2, undefined); const g = (c = 'y') => use(c); g();",
      'x',
      'y',
    ],
    'is unknown where one passes another': ["function f(a = 'x') { use(a); } f(); f('y');", '?'],
    'is unknown where the function is exported, passed on or a method': [
      "export function f(a = 'x') { use(a); } f(); function g(a = 'x') { use(a); } g(); on(g); class K { f(a = 'x') { use(a); } }",
      '?',
      '?',
      '?',
    ],
    'is unknown where arguments are spread or the parameter changes': [
      "function f(a = 'x') { use(a); } f(...all); function g(a = 'x') { a = 'y'; use(a); } g();",
      '?',
      '?',
    ],
  });
});

describe('TypeScript: the value of a field of an array or object', () => {
  rows(valuesInTs, {
    'is known in constant arrays, nested too': [
      "const URLS = ['a', { b: ['c'] }] as const; const i = 0; use(URLS[0], URLS[1].b[0], URLS[i], URLS[5])",
      'a c a ?',
    ],
    'is unknown once elements move or change': [
      "const a = ['x', 'y']; a.sort(); use(a[0]); const b = ['x']; b[0] = 'y'; use(b[0]); const o = { l: ['x'] }; o.l.reverse(); use(o.l[0]); const c = [...d, 'x']; use(c[0])",
      '?',
      '?',
      '?',
      '?',
    ],
    'is known behind Object.freeze, satisfies and as const': [
      "const a = Object.freeze({ x: '1', y: { z: '2' } }); const b = { x: '3' } as const satisfies T; use(a.x, a.y.z, b.x)",
      '1 2 3',
    ],
    'is known from spreads of known objects, the last one holds': [
      "const a = { x: '1', y: '2' }; const b = { ...a, y: '3' }; const c = { y: '4', ...b }; use(b.x, b.y, c.y)",
      '1 3 3',
    ],
    'is unknown from spreads of changed or unknown objects': [
      "const a = { x: '1' }; change(a); const b = { ...a }; use(b.x, { ...more, y: '2' }.y)",
      '? 2',
    ],
    'is known from a getter of an object': ["const o = { get a() { return 'x'; } }; use(o.a)", 'x'],
    'that names another object is followed': ["const a = { x: '1' }; const b = { a }; use(b.a.x)", '1'],
    'that was taken out of an array is known': [
      "const [a, { b }] = ['x', { b: 'y' }]; const [, c] = ['x', 'z']; use(a, b, c)",
      'x y z',
    ],
    'of spreads that double each other is given up': [
      `const a0 = { x: '1', y: '2' }; ${Array.from({ length: 30 }, (_, i) => `const a${String(i + 1)} = { ...a${String(i)}, ...a${String(i)} };`).join(' ')} use(a1.x, a30.x)`,
      '1 ?',
    ],
    'at a place that leads to itself is unknown': ['const a = [1, 2]; let i = a[i]; use(a[i], i)', '? ?'],
    'of an object that spreads itself is unknown': ['const o = { ...o }; use(o.x)', '?'],
  });
});

describe('TypeScript: operators', () => {
  rows(valuesInTs, {
    'have their own arithmetic': [
      'use(7 / 2, 7 % 4, -7 % 4, 0.1 + 0.2, 1 << 31, 5 >>> 1, ~5, 6 ^ 3, +"1", 2 ** -1)',
      '3.5 3 -3 0.30000000000000004 -2147483648 2 -6 5 ? 0.5',
    ],
    'compare, choose and fall back': [
      "use(1 < 2, 'a' === 'a', true ? 'x' : 'y', c ? 'z' : 'z', null ?? 'd', '' || 'e', 'f' && 'g', void 0 ?? 'h')",
      'true true x z d e g h',
    ],
    'join strings and numbers': [
      "const p = 8883; use('mqtts://' + 'h' + ':' + p, `${1}${true}`, 'a' + null)",
      'mqtts://h:8883 1true ?',
    ],
    'are unknown for big numbers and nonsense': ["use(7n / 2n, 1 / 0, 'a' * 2)", '? ? ?'],
  });
});

describe('TypeScript: the value of a constant of another module', () => {
  rows(valuesInTs, {
    'is known from a config module with a default export': [
      {
        'a.ts': "export default { mqtt: { url: 'x' } };",
        'b.ts': "const c = { url: 'y' } as const; export default c;",
        'c.ts': "export default Object.freeze({ url: 'z' });",
        'd.ts': "export { default as d, default } from './a';",
        'main.ts': `${use} import a from './a'; import b from './b'; import c from './c'; import e, { d } from './d'; use(a.mqtt.url, b.url, c.url, d.mqtt.url, e.mqtt.url);`,
      },
      'x y z x x',
    ],
    'is known through several export *': [
      {
        'a.ts': "export * from './b'; export * from './c';",
        'b.ts': "export const B = 'b';",
        'c.ts': "export * from './d';",
        'd.ts': "export const D = 'd';",
        'main.ts': `${use} import { B, D } from './a'; import * as a from './a'; use(B, D, a.D);`,
      },
      'b d d',
    ],
    'is known from module.exports and exports, whole or taken apart': [
      {
        'a.js': "const url = 'x'; module.exports = { url, deep: { port: 1 } };",
        'b.js': "exports.url = 'y'; module.exports.port = 2;",
        'c.js': "exports = module.exports = { url: 'z' };",
        'main.js':
          "const { use } = require('gadget'); const { url, deep: { port } } = require('./a'); const b = require('./b'); use(url, port, b.url, b.port, require('./c').url);",
      },
      'x 1 y 2 z',
    ],
    'is known when modules of both kinds meet': [
      {
        'a.js': "module.exports = { url: 'x' };",
        'main.ts': `${use} import a from './a'; import { url } from './a'; use(a.url, url);`,
      },
      'x x',
    ],
    'is unknown when module.exports is given twice': [
      {
        'a.js': "if (c) module.exports = { url: 'x' }; else module.exports = { url: 'y' };",
        'main.js': "const { use } = require('gadget'); const a = require('./a'); use(a.url);",
      },
      '?',
    ],
    'is unknown when files require each other in a circle': [
      {
        'a.js': "module.exports = require('./b');",
        'b.js': "module.exports = require('./a');",
        'main.js': "const { use } = require('gadget'); const a = require('./a'); use(a.url);",
      },
      '?',
    ],
    'is known when a module passes on another': [
      {
        'a.js': "module.exports = require('./b');",
        'b.js': "module.exports = { url: 'x' };",
        'main.js': "const { use } = require('gadget'); const a = require('./a'); use(a.url);",
      },
      'x',
    ],
    'is known from an awaited import()': [
      {
        'a.ts': "export const url = 'x';",
        'main.ts': `${use} async function f() { const { url } = await import('./a'); use(url); }`,
      },
      'x',
    ],
  });
});
