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
    'FN of a negation and of a remainder is not computed': ['use(!true, 7 % 2)', '? ?'],
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
    'FN of an enumerator is unknown': ["enum E { A = 'x' } use(E.A)", '?'],
    'FN of a static field is unknown': ["class K { static A = 'x'; } use(K.A)", '?'],
    'FN of an element is unknown': ["const all = ['x']; use(all[0]); const [a] = ['y']; use(a)", '?', '?'],
    'of a loop variable is unknown, whatever an outer one of its name is': [
      "const a = 'x'; for (const a of all) use(a)",
      '?',
    ],
    'FP a var inside a block does not hide one outside its function': [
      "var a = 'x'; function f() { if (c) { var a = 'y'; } use(a); }",
      'x',
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
    'FP a spread behind it does not make it unknown': ["const o = { a: 'x', ...more }; use(o.a)", 'x'],
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
    'FN through a namespace is unknown': [
      { 'c.ts': "export const a = 'x';", 'main.ts': `${use} import * as c from './c'; use(c.a);` },
      '?',
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
    'FN of a default export is unknown': [
      { 'c.ts': "export default { a: 'x' };", 'main.ts': `${use} import c from './c'; use(c.a);` },
      '?',
    ],
    'FN of module.exports is unknown': [
      {
        'c.js': "module.exports = { a: 'x' };",
        'main.js': "const { use } = require('gadget'); const c = require('./c'); use(c.a);",
      },
      '?',
    ],
    'FN behind export * as is unknown': [
      {
        'c.ts': "export const a = 'x';",
        'd.ts': "export * as ns from './c';",
        'main.ts': `${use} import { ns } from './d'; use(ns.a);`,
      },
      '?',
    ],
  });

  rows((files) => seenInTs(files, { call: { 'gadget.use': ({ args: [value] }) => value?.origin?.file } }), {
    'is said to stand in that file': [
      { 'c.ts': "export const a = 'x';", 'main.ts': `${use} import { a } from './c'; use(a);` },
      'c.ts',
    ],
  });
});
