/** Settings: what API tables make of calls, fields and globals, the same for every library. */
import type { Setting } from '../../rules/kit/index.js';
import { type Files, rows, seenInC, seenInTs } from '../support/seen.js';

const words = ({ api, value, means }: Setting): string =>
  `${api}: ${value.text} means ${means ?? 'nothing known'}`;
const inC = (files: Files): Promise<string[]> => seenInC(files, { setting: { 'gadget.mode': words } });
const inTs = (files: Files): Promise<string[]> => seenInTs(files, { setting: { 'gadget.mode': words } });
const run = (code: string): string => `void f(void) { ${code} }`;

describe('a setting in C', () => {
  rows(inC, {
    'is an argument, known by its name': [
      run('gadget_set_mode(h, MODE_OFF);'),
      'gadget_set_mode: MODE_OFF means off',
    ],
    'is an argument, known by its number': [
      run('gadget_set_mode(h, 0x0);'),
      'gadget_set_mode: 0x0 means off',
    ],
    'is an argument behind a macro of the product': [
      `#define MODE MODE_OFF\n${run('gadget_set_mode(h, MODE);')}`,
      'gadget_set_mode: MODE means off',
    ],
    'is known by its name though a header gives the name a number': [
      `#define MODE_OFF 99\n${run('gadget_set_mode(h, MODE_OFF);')}`,
      'gadget_set_mode: MODE_OFF means off',
    ],
    'is a number below a bound, and not at it': [
      run('gadget_set_mode(h, 2047); gadget_set_mode(h, 2048);'),
      'gadget_set_mode: 2047 means weak',
      'gadget_set_mode: 2048 means on',
    ],
    'is of unknown meaning when its value is unknown': [
      'void f(int mode) { gadget_set_mode(h, mode); }',
      'gadget_set_mode: mode means nothing known',
    ],
    'is not there when the argument is missing': [run('gadget_set_mode(h);')],
    'counts only where another argument says so': [
      run('gadget_setopt(h, OPT_MODE, 0L); gadget_setopt(h, OPT_OTHER, 0L);'),
      'gadget_setopt: 0L means off',
    ],
    'is the call itself': [run('gadget_go_weak(h);'), 'gadget_go_weak: gadget_go_weak means weak'],
    'is a field, however it is written': [
      run('gadget_config_t c = { .mode = MODE_OFF, .net = { .mode = 0 } };') +
        'void g(gadget_config_t *d) { d->net.mode = MODE_ON; }',
      'gadget_config_t.mode: MODE_OFF means off',
      'gadget_config_t.net.mode: 0 means off',
      'gadget_config_t.net.mode: MODE_ON means on',
    ],
    'is every value that a field is given, not only the last': [
      run('gadget_config_t c = { .mode = 0 }; c.mode = MODE_ON;'),
      'gadget_config_t.mode: 0 means off',
      'gadget_config_t.mode: MODE_ON means on',
    ],
    'is a field of a compound literal': [
      run('gadget_start(&(gadget_config_t){ .mode = 0 });'),
      'gadget_config_t.mode: 0 means off',
    ],
    "is a field of the library's own variable": [
      run('gadget_defaults.mode = 0;'),
      'gadget_config_t.mode: 0 means off',
    ],
    'is not a field of the same name of another type': ['void f(struct other *o) { o->mode = 0; }'],
    'FN is missed in a struct inside another struct': ['void f(struct other *o) { o->gadget.mode = 0; }'],
  });
  rows(
    (files) =>
      seenInC(files, { setting: { 'gadget.mode': ({ spelling }) => spelling('on') ?? 'no spelling' } }),
    {
      'is spelled for a fix by the first name of the meaning': [run('gadget_set_mode(h, 0);'), 'MODE_ON'],
      'has no spelling where there is no value to replace': [run('gadget_go_weak(h);'), 'no spelling'],
    },
  );
});

describe('a setting in TypeScript', () => {
  rows(inTs, {
    'is an argument': [
      "import gadget from 'gadget'; gadget.open('none'); gadget.open('other');",
      "gadget.open: 'none' means off",
      "gadget.open: 'other' means on",
    ],
    'is a field of the options': [
      "import { open } from 'gadget'; open(url, { mode: false, net: { mode: 'full' } });",
      'gadget.open: url means nothing known',
      'gadget.Options.mode: false means off',
      "gadget.Options.net.mode: 'full' means on",
    ],
    'is a field of options that were set before': [
      "import { open } from 'gadget'; const o: any = {}; o.mode = 0; open('full', o);",
      'gadget.Options.mode: 0 means off',
      "gadget.open: 'full' means on",
    ],
    'is a field of an annotated object': [
      "import type { Options } from 'gadget'; export const o: Options = { mode: 'none' };",
      "gadget.Options.mode: 'none' means off",
    ],
    'is not a field of another object': ["const o = { mode: 'none' }; other(o);"],
  });
});
