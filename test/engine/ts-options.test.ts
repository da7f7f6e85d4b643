/** What a TypeScript rule sees of options: their fields, and whether nothing else may have set them. */
import { contentsOf, rows, seenInTs, type Files } from '../support/seen.js';

const open = "import { open } from 'gadget';";
const options = (files: Files): Promise<string[]> =>
  seenInTs(typeof files === 'string' ? `${open} ${files}` : files, {
    thing: { 'gadget-options': contentsOf },
  });

describe('TypeScript: options given to a call', () => {
  rows(options, {
    'are known in place, nested ones by path': [
      "open(1, { mode: 'none', net: { port: 2 }, 'a-b': 3 })",
      'closed mode=none net=? net.port=2 a-b=3',
    ],
    'are known when they are empty': ['open(1, {})', 'closed'],
    'are nothing when they are not given': ['open(1)'],
    'are known from a variable': ["const o = { mode: 'none' }; open(1, o)", 'closed mode=none'],
    'are known when they are set step by step': [
      "const o: any = {}; o.mode = 'none'; o['port'] = 2; open(1, o)",
      'closed mode=none port=2',
    ],
    'are known behind as const': ["open(1, { mode: 'none' } as const)", 'closed mode=none'],
    'take shorthand fields by their value': ["const mode = 'none'; open(1, { mode })", 'closed mode=none'],
    'have methods as fields without a value': ['open(1, { check() { return 1; } })', 'closed check=?'],
    'stay known when several calls of the library get them': [
      'const o = { mode: 1 }; open(1, o); open(2, o)',
      'closed mode=1',
    ],
    'stay known when they are exported': ['export const o = { mode: 1 }; open(1, o)', 'closed mode=1'],
    'are open with a spread': ["open(1, { ...rest, mode: 'none' })", 'open mode=none'],
    'are open with a computed key': ['open(1, { [key]: 1 })', 'open'],
    'are open when an unknown function was given them': [
      'const o = { mode: 1 }; other(o); open(1, o)',
      'open mode=1',
    ],
    'are open when Object.assign adds to them': [
      'const o = { mode: 1 }; Object.assign(o, more); open(1, o)',
      'open mode=1',
    ],
    'are open when they have a second name': [
      'const o = { mode: 1 }; const p = o; p.mode = 2; open(1, o)',
      'open mode=1',
    ],
    'are open when they are returned': [
      'function f() { const o = { mode: 1 }; open(1, o); return o; }',
      'open mode=1',
    ],
    'are open as a parameter': ['function f(o) { o.mode = 1; open(1, o); }', 'open mode=1'],
    'are open when the variable holds one of two objects': [
      'let o = { mode: 1 }; o = { mode: 2 }; open(1, o)',
      'open',
    ],
    'are open as a field of a class': [
      'class A { o = { mode: 1 }; f() { open(1, this.o); } }',
      'open mode=1',
    ],
    'are known from a config module': [
      { 'c.ts': 'export const o = { mode: 1 };', 'main.ts': `${open} import { o } from './c'; open(1, o);` },
      'closed mode=1',
    ],
    'are known as a field of another object': [
      'const config = { gadget: { mode: 1 } }; open(1, config.gadget)',
      'closed mode=1',
    ],
    'are known from a function of the product': [
      'const make = () => ({ mode: 1 }); open(1, make())',
      'closed mode=1',
    ],
    'are each of the branches of a conditional': [
      'open(1, c ? { mode: 1 } : { mode: 2 })',
      'closed mode=1',
      'closed mode=2',
    ],
    'take over the fields of a spread that is known': [
      'const base = { mode: 1, net: { port: 2 } }; open(1, { ...base, mode: 3 })',
      'closed mode=3 net=? net.port=2',
    ],
    'are open once a field is deleted': ['const o = { mode: 1 }; delete o.mode; open(1, o)', 'open mode=1'],
    'are open once a computed field is written': [
      'const o = { mode: 1 }; o[key] = 2; open(1, o)',
      'open mode=1',
    ],
  });

  rows((files) => seenInTs(files, { thing: { 'gadget.Options': contentsOf } }), {
    'are known by the annotation of a variable': [
      "import type { Options } from 'gadget'; const o: Options = { mode: 1 };",
      'closed mode=1',
    ],
    'are open by the annotation of a parameter': [
      "import type { Options } from 'gadget'; function f(o: Options) { o.mode = 1; }",
      'open mode=1',
    ],
    'are known behind satisfies': [
      "import type { Options } from 'gadget'; const o = { mode: 1 } satisfies Options;",
      'closed mode=1',
    ],
  });
});
