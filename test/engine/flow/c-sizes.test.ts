/** How sizes are worked out, and whether what is written fits. */
import { type Files, marked } from '../../support/flowing.js';

const rows = (
  event: Parameters<typeof marked>[3] extends readonly (infer Name)[] | undefined ? Name : never,
  given: Readonly<Record<string, Files>>,
): void => {
  describe(event, () => {
    marked('main.c', given, undefined, [event]);
  });
};

describe('sizes', () => {
  rows('size-overflow', {
    'a product that nothing bounds': 'void f(size_t n) { get(«n * 16»); }',
    'not where it is bounded': 'void f(size_t n) { if (n > 10) return; get(n * 16); }',
    'not of few bits': 'void f(uint16_t n) { get(n * 16); }',
  });
  rows('check-overflow', {
    'a sum from outside that is compared':
      'void f(char *o) { uint32_t n = wire_u32(); if («n + 4» > 64) return; copy(o, o, n); }',
    'not of a caller': 'void f(char *o, uint32_t n) { if (n + 4 > 64) return; copy(o, o, n); }',
  });
  rows('size-underflow', {
    'a difference without a minimum': 'void f(char *o) { unsigned n = wire_u32(); copy(o, o, «n - 4»); }',
    'not with one': 'void f(char *o) { unsigned n = wire_u32(); if (n < 4) return; copy(o, o, n - 4); }',
    'not of two that were compared':
      'void f(char *o, unsigned a, unsigned b) { if (b > a) return; copy(o, o, a - b); }',
  });
  rows('signed-length', {
    'only the upper end was compared': 'void f(char *o, int n) { if (n > 64) return; copy(o, o, «n»); }',
    'not where both were': 'void f(char *o, int n) { if (n < 0 || n > 64) return; copy(o, o, n); }',
    'not of an unsigned number': 'void f(char *o, unsigned n) { if (n > 64) return; copy(o, o, n); }',
  });
  rows('pointer-size', {
    'of the pointer that is handed over': 'void f(char *o) { copy(o, o, «sizeof(o)»); }',
    'not of an array': 'void f(void) { char o[8]; copy(o, o, sizeof(o)); }',
  });
  rows('index-out-of-bounds', {
    'of a table sized by places':
      'static int t[] = { [4] = 1, 2 };\nvoid f(char *o) { copy(o, o, 1); look(t[5]); look(t[«6»]); }',
    'of a text': 'void f(void) { char t[] = "abc"; copy(t, t, 1); look(t[3]); look(t[«4»]); }',
    'not of a table that a macro of nobody fills':
      'static int t[] = { ALL };\nvoid f(char *o) { copy(o, o, 1); look(t[5]); }',
    'behind a pointer': 'void f(void) { char b[4]; copy(b, b, 4); «*(b + 4)» = 0; look(b); }',
    'not where the last index was left out':
      'void f(int i) { char b[4]; copy(b, b, 4); if (i < 0 || i > 4) return; if (i == 4) return; b[i] = 0; }',
  });
});
