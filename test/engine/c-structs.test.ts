/** What a C rule sees of structs: their fields, and whether nothing else may have set them. */
import { contentsOf, rows, seenInC } from '../support/seen.js';

const inside = (code: string): string => `void f(void) { ${code} }`;

describe('C: a struct of a known type', () => {
  rows((files) => seenInC(files, { thing: { gadget_config_t: contentsOf } }), {
    'is known from its designated fields, nested ones by path': [
      inside('gadget_config_t c = { .mode = 1, .net = { .port = 2 }, .tls.ca = "x" }; gadget_start(&c);'),
      'closed mode=1 net=? net.port=2 tls.ca=x',
    ],
    'is known where a macro is one of its fields, and macros in it': [
      `#define INNER { .port = 2 }\n#define NET { .name = "x", .at = INNER }\n${inside('gadget_config_t c = { .net = NET };')}`,
      'closed net=? net.name=x net.at=? net.at.port=2',
    ],
    'is known when its fields are set one by one': [
      inside('gadget_config_t c; c.mode = 1; c.net.port = 2; gadget_start(&c);'),
      'closed mode=1 net.port=2',
    ],
    'holds the value written last': [
      inside('gadget_config_t c = { .mode = 1 }; c.mode = 2; gadget_start(&c);'),
      'closed mode=2',
    ],
    'is known when it is zeroed by an initialiser': [
      inside('gadget_config_t c = { 0 }; c.mode = 1;'),
      'closed mode=1',
    ],
    'is known when it is zeroed by an empty initialiser': [inside('gadget_config_t c = {};'), 'closed'],
    'is known when it is zeroed by memset': [
      inside('gadget_config_t c; memset(&c, 0, sizeof c); c.mode = 1; gadget_start(&c);'),
      'closed mode=1',
    ],
    'is known as a compound literal': [
      inside('gadget_start(&(gadget_config_t){ .mode = 1 });'),
      'closed mode=1',
    ],
    'is known as a constant of the file': [
      `static const gadget_config_t c = { .mode = 1 }; ${inside('gadget_start(&c);')}`,
      'closed mode=1',
    ],
    'keeps a field that a call fills as set, but unknown': [
      inside('gadget_config_t c = { 0 }; strcpy(c.name, "x"); gadget_start(&c);'),
      'closed name=?',
    ],
    'keeps a field whose address is given away as set, but unknown': [
      inside('gadget_config_t c = { 0 }; read(&c.mode); gadget_start(&c);'),
      'closed mode=?',
    ],
    'each of several in one declaration is its own': [
      inside('gadget_config_t c = { .mode = 1 }, d = { .mode = 2 };'),
      'closed mode=1',
      'closed mode=2',
    ],
    'each of an array is its own': [
      'gadget_config_t all[] = { { .mode = 1 }, { .mode = 2 } };',
      'closed mode=1',
      'closed mode=2',
    ],
    'is open when it is initialised by position': [inside('gadget_config_t c = { 1, 2 };'), 'open'],
    'is open when a call or macro initialises it': [
      inside('gadget_config_t c = GADGET_DEFAULTS(); c.mode = 1;'),
      'open mode=1',
    ],
    'is open when an unknown function was given it': [
      inside('gadget_config_t c = { .mode = 1 }; other(&c);'),
      'open mode=1',
    ],
    'is open when it was copied or its address was kept': [
      inside('gadget_config_t c = { .mode = 1 }; kept = &c;') +
        inside('gadget_config_t d = { .mode = 2 }; kept = d;'),
      'open mode=1',
      'open mode=2',
    ],
    'is open when it is returned': [
      'gadget_config_t f(void) { gadget_config_t c = { .mode = 1 }; return c; }',
      'open mode=1',
    ],
    'is open as a parameter': ['void f(gadget_config_t *c) { c->mode = 1; gadget_start(c); }', 'open mode=1'],
    'is open as a parameter by value': ['void f(gadget_config_t c) { c.mode = 1; }', 'open mode=1'],
    'is open behind a pointer': [
      inside('gadget_config_t *c = malloc(sizeof *c); c->mode = 1; gadget_start(c);'),
      'open mode=1',
    ],
    'is open when an #if holds some of its fields': [
      'gadget_config_t c = { .mode = 1,\n#ifdef B\n  .net = 2,\n#endif\n};',
      'open mode=1 net=2',
    ],
    'is open as a copy of another': [
      inside('gadget_config_t c = { .mode = 1 }; gadget_config_t d = c;'),
      'open mode=1',
      'open',
    ],
    'FN a struct inside another struct is not looked at': [
      'struct outer { gadget_config_t inner; }; void f(struct outer *o) { o->inner.mode = 1; }',
    ],
    'is known behind a typedef of its own': [
      'typedef gadget_config_t mine_t; static mine_t c = { .mode = 1 };',
      'closed mode=1',
    ],
    'is known when a macro of the product initialises it': [
      `#define CONFIG { .mode = 1 }\n#define NET(p) { .mode = 2, .net = { .port = (p) } }\n${inside('gadget_config_t c = CONFIG; gadget_config_t d = NET(3);')}`,
      'closed mode=1',
      'closed mode=2 net=? net.port=3',
    ],
    'of another file is open: any file may write it': [
      { 'a.c': 'extern gadget_config_t c; void f(void) { c.mode = 1; gadget_start(&c); }' },
      'open mode=1',
    ],
  });

  rows(
    (files) =>
      seenInC(files, {
        thing: { 'gadget-options': (thing) => `${thing.type ?? ''} is ${thing.kind ?? ''}` },
      }),
    {
      'is heard by the kind that the tables give its type': [
        inside('gadget_config_t c = { 0 }; struct gadget d = { 0 };'),
        'gadget_config_t is gadget-options',
        'struct gadget is gadget-options',
      ],
      'is not a variable of another type': [
        inside('other_config_t c = { .mode = 1 }; struct other d = { 0 };'),
      ],
    },
  );
});
