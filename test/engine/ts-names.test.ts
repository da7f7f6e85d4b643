/** What a TypeScript rule sees of names: imports in all their forms, renames, re-exports, and names that only look alike. */
import assert from 'node:assert/strict';
import { hear, rows, seenInTs, type Files } from '../support/seen.js';

const heardNames = (files: Files): Promise<string[]> =>
  seenInTs(files, {
    call: {
      'gadget.use': () => 'use',
      'gadget.open': () => 'open',
      'gadget.Device#send': () => 'send',
      gadget: () => 'gadget',
    },
  });

describe('TypeScript: a function of a library', () => {
  rows(heardNames, {
    'is seen through a default import': ["import gadget from 'gadget'; gadget.use(1);", 'use'],
    'is seen through a named import': ["import { use } from 'gadget'; use(1);", 'use'],
    'is seen through a renamed import': ["import { use as employ } from 'gadget'; employ(1);", 'use'],
    'is seen through a namespace import': ["import * as g from 'gadget'; g.use(1);", 'use'],
    'is seen through a default import by name': ["import { default as g } from 'gadget'; g.use(1);", 'use'],
    'is seen through require': ["const g = require('gadget'); g.use(1);", 'use'],
    'is seen through require in place': ["require('gadget').use(1);", 'use'],
    'is seen through a part of require': ["const use = require('gadget').use; use(1);", 'use'],
    'is seen through a destructured require': ["const { use } = require('gadget'); use(1);", 'use'],
    'is seen through a renaming destructured require': ["const { use: u } = require('gadget'); u(1);", 'use'],
    'is seen through import … = require': ["import g = require('gadget'); g.use(1);", 'use'],
    'is seen behind node:': ["import g from 'node:gadget'; g.use(1);", 'use'],
    'is seen through a second name': ["import g from 'gadget'; const u = g.use; u(1);", 'use'],
    'is seen through destructuring of the module': [
      "import g from 'gadget'; const { use } = g; use(1);",
      'use',
    ],
    'is seen when the module itself is called': ["import g from 'gadget'; g();", 'gadget'],
    'is seen through optional calls, casts and non-null marks': [
      "import g from 'gadget'; g?.use?.(1); (g as any).use(2); g!.use(3);",
      'use',
      'use',
      'use',
    ],
    'is seen in a .tsx file beside markup': [
      { 'main.tsx': "import { use } from 'gadget'; const x = <p onClick={() => use(1)}>{use(2)}</p>;" },
      'use',
      'use',
    ],
    'is seen in JavaScript': [{ 'main.js': "const { use } = require('gadget'); use(1);" }, 'use'],
    'is seen through a part of require under another name': [
      "const employ = require('gadget').use; employ(1);",
      'use',
    ],
    'is seen behind a dynamic import': ["const { use } = await import('gadget'); use(1);", 'use'],
    'is seen behind a quoted member': ["import g from 'gadget'; g['use'](1);", 'use'],
    'FN is missed behind call and apply': ["import { use } from 'gadget'; use.call(undefined, 1);"],
  });
});

describe('TypeScript: a function that another file passes on', () => {
  const main = "import { use } from './lib'; use(1);";
  rows(heardNames, {
    'is not the library when it is the own': [{ 'lib.ts': 'export function use() {}', 'main.ts': main }],
    'is seen when it is exported from there': [
      { 'lib.ts': "export { use } from 'gadget';", 'main.ts': main },
      'use',
    ],
    'is seen when all is exported from there': [
      { 'lib.ts': "export * from 'gadget';", 'main.ts': main },
      'use',
    ],
    'is seen when it was imported there first': [
      { 'lib.ts': "import { use } from 'gadget'; export { use };", 'main.ts': main },
      'use',
    ],
    'is seen when it was given its name there': [
      { 'lib.ts': "import g from 'gadget'; export const use = g.use;", 'main.ts': main },
      'use',
    ],
    'FN is missed when it was given another name there': [
      {
        'lib.ts': "import g from 'gadget'; export const employ = g.use;",
        'main.ts': "import { employ } from './lib'; employ(1);",
      },
    ],
  });
});

describe('TypeScript: a name that only looks like the library', () => {
  rows(heardNames, {
    'imported from another package is none': ["import { use } from 'other'; use(1);"],
    'imported from a file that is not there is none': ["import { use } from './gadget'; use(1);"],
    'declared as a function is none': ['function use() {} use(1);'],
    'of a parameter is none': ["import { use } from 'gadget'; function f(use) { use(1); }"],
    'of an arrow parameter is none': [
      "import { use } from 'gadget'; const f = (use) => use(1); const g = use => use(2);",
    ],
    'of a destructured parameter is none': [
      "import { use } from 'gadget'; const f = ({ use }) => use(1); const g = ([use]) => use(2);",
    ],
    'of an inner variable is none, and outside it is one': [
      "import { use } from 'gadget'; function f() { const use = other; use(1); } use(2);",
      'use',
    ],
    'of an inner function is none': ["import { use } from 'gadget'; { function use() {} use(1); }"],
    'of a caught error is none': ["import { use } from 'gadget'; try {} catch (use) { use(1); }"],
    'of a method is none': ["import 'gadget'; const o = { use() {} }; o.use(1); this.use(2);"],
    'in a comment or a string is none': ["import { use } from 'gadget'; // use(1)\nconst s = 'use(1)';"],
    'of a loop variable is none': ["import { use } from 'gadget'; for (const use of all) use(1);"],
  });

  it('called without an import is taken as a global of that name', async () => {
    const { problems } = await hear({ 'main.ts': 'gadget.use(1);' }, { call: { 'gadget.use': () => 'use' } });
    assert.equal(problems.length, 1);
  });
});

describe('TypeScript: a method of a library object', () => {
  rows(heardNames, {
    'is seen on the result of a factory': [
      "import g from 'gadget'; const d = g.open(1); d.send(2);",
      'open',
      'send',
    ],
    'is seen on an awaited result': [
      "import g from 'gadget'; const d = await g.open(1); d.send(2);",
      'open',
      'send',
    ],
    'is seen on a second name': [
      "import g from 'gadget'; const d = g.open(1); const e = d; e.send(2);",
      'open',
      'send',
    ],
    'is seen on what is given later': [
      "import g from 'gadget'; let d; d = g.open(1); d.send(2);",
      'open',
      'send',
    ],
    'is seen on what is null until it is given': [
      "import g from 'gadget'; let d = null; function a() { d = g.open(1); } function b() { d.send(2); }",
      'open',
      'send',
    ],
    'is seen on a new object': [
      "import { Device } from 'gadget'; new Device().send(1); const d = new Device(); d.send(2);",
      'send',
      'send',
    ],
    'is seen on an annotated variable and parameter, and on a cast that has a name': [
      "import { Device } from 'gadget'; let d: Device; d.send(1); const f = (e: Device) => e.send(2); const g = x as Device; g.send(3);",
      'send',
      'send',
      'send',
    ],
    'is seen on a cast in place': ["import { Device } from 'gadget'; (x as Device).send(1);", 'send'],
    'is seen on a type with undefined': [
      "import type { Device } from 'gadget'; function f(d: Device | undefined) { d?.send(1); d!.send(2); }",
      'send',
      'send',
    ],
    'is seen on a type of the namespace': [
      "import * as g from 'gadget'; function f(d: g.Device) { d.send(1); }",
      'send',
    ],
    'is seen on an annotated class field': [
      "import { Device } from 'gadget'; class A { private readonly d?: Device; f() { this.d?.send(1); } }",
      'send',
    ],
    'is seen on a class field given by a factory': [
      "import g from 'gadget'; class A { d = g.open(1); f() { this.d.send(2); } }",
      'open',
      'send',
    ],
    'is seen on a class field given in the constructor': [
      "import g from 'gadget'; class A { constructor() { this.d = g.open(1); } f() { this.d.send(2); } }",
      'open',
      'send',
    ],
    'is seen on a parameter property': [
      "import { Device } from 'gadget'; class A { constructor(private readonly d: Device) {} f() { this.d.send(1); } }",
      'send',
    ],
    'is seen on the result of a function of another file': [
      {
        'lib.ts': "import g from 'gadget'; export function make() { return g.open(1); }",
        'main.ts': "import { make } from './lib'; make().send(2); const d = make(); d.send(3);",
      },
      'open',
      'send',
      'send',
    ],
    'is seen on a variable of another file': [
      {
        'lib/index.ts': "import g from 'gadget'; export const d = g.open(1);",
        'main.ts': "import { d } from './lib'; d.send(2);",
      },
      'open',
      'send',
    ],
    'is not seen on the field of another class': [
      "import g from 'gadget'; class A { d = g.open(1); } class B { f() { this.d.send(2); } }",
      'open',
    ],
    'is not seen on a class of the same name of the own': [
      'class Device { send() {} } function f(d: Device) { d.send(1); }',
    ],
    'is not seen on a type imported from the own files': [
      "import { Device } from './mine'; function f(d: Device) { d.send(1); }",
    ],
    'is not seen by its name alone': ['function f(d) { d.send(1); }'],
    'is seen on a private field': [
      "import g from 'gadget'; class A { #d = g.open(1); f() { this.#d.send(2); } }",
      'open',
      'send',
    ],
    'is seen on a field of an object': [
      "import g from 'gadget'; const o = { d: g.open(1) }; o.d.send(2);",
      'open',
      'send',
    ],
    'is seen on the result of a default export': [
      {
        'lib.ts': "import g from 'gadget'; export default () => g.open(1);",
        'main.ts': "import make from './lib'; make().send(2);",
      },
      'open',
      'send',
    ],
    'FN is missed on elements and in loops': [
      "import { Device } from 'gadget'; const all: Device[] = []; all[0].send(1); for (const d of all) d.send(2);",
    ],
    'FN is missed in a subclass': [
      "import { Device } from 'gadget'; class Mine extends Device { f() { this.send(1); } }",
    ],
    'is seen on either of two results': [
      "import g from 'gadget'; const d = x ? g.open(1) : g.open(2); d.send(3);",
      'open',
      'open',
      'send',
    ],
  });

  rows(
    (files) =>
      seenInTs(files, {
        call: {
          'gadget.Event#stop': () => 'stop',
          'gadget.Device#send': () => 'send',
          'gadget.Device#with': () => 'with',
          'gadget.open': () => 'open',
        },
      }),
    {
      'is seen on the parameters of a callback': [
        "import g from 'gadget'; const d = g.open(1); d.on('e', (event, device) => { event.stop(); device.send(2); });",
        'open',
        'stop',
        'send',
      ],
      'is seen on the parameters of a function expression': [
        "import g from 'gadget'; const d = g.open(1); d.on('e', function (event) { event.stop(); });",
        'open',
        'stop',
      ],
      'is seen on every link of a chain': [
        "import g from 'gadget'; const d = g.open(1); d.with(2).with(3).send(4);",
        'open',
        'with',
        'with',
        'send',
      ],
      'is seen right behind the factory': ["import g from 'gadget'; g.open(1).send(2);", 'open', 'send'],
      'is seen on the parameters of a callback that is passed by name': [
        "import g from 'gadget'; const d = g.open(1); d.on('e', stop); function stop(event) { event.stop(); }",
        'open',
        'stop',
      ],
    },
  );
});
