/** Which checks of a number make it safe, and which only look like one. */
import { marked } from '../../support/flowing.js';

/** `n` comes from the wire; `out` holds 64 bytes, `max` and `size` are the device's own. */
const inFunction = (code: string): string =>
  `enum { LIMIT = 64 };\nvoid f(char *in, unsigned max, int ok) { char out[64]; unsigned n = wire_u32(), m = wire_u32(); ${code} }`;

describe('a number from outside, checked in C', () => {
  marked(
    'main.c',
    {
      'arrives without a check': 'copy(out, in, «n»);',
      'is safe after an early return': 'if (n > sizeof out) return; copy(out, in, n);',
      'is safe after an early return by >=': 'if (n >= 65) return; copy(out, in, n);',
      'is safe inside of a condition': 'if (n <= sizeof(out)) copy(out, in, n);',
      'is safe where the bound stands on the left': 'if (64 >= n) copy(out, in, n);',
      'is safe in an else': 'if (n > LIMIT) { ok = 0; } else copy(out, in, n);',
      'is safe after a condition is turned round': 'if (!(n <= 64)) return; copy(out, in, n);',
      'is safe inside of &&': 'if (ok && n < 64) copy(out, in, n);',
      'is safe after ||': 'if (!ok || n > 64) return; copy(out, in, n);',
      'is not safe inside of ||': 'if (ok || n < 64) copy(out, in, «n»);',
      'is not safe after &&': 'if (ok && n > 64) return; copy(out, in, «n»);',
      'is not safe after a check of the wrong polarity': 'if (n < 64) return; copy(out, in, «n»);',
      'is not safe inside of a check of the wrong polarity': 'if (n > 64) copy(out, in, «n»);',
      'is not safe after a check of another variable': 'if (m > 64) return; copy(out, in, «n»);',
      'is not safe after a check with a bound that is too large': 'if (n > 65) return; copy(out, in, «n»);',
      'is not safe where the check does not leave': 'if (n > 64) ok = 0; copy(out, in, «n»);',
      'is not safe before the check': 'copy(out, in, «n»); if (n > 64) return;',
      'is not safe on the way that goes round the check':
        'if (ok) { if (n > 64) return; } copy(out, in, «n»);',
      'is not safe after it was given a new value': 'if (n > 64) return; n = wire_u32(); copy(out, in, «n»);',
      'is safe after its copy was checked': 'unsigned k = n; if (k > 64) return; copy(out, in, n);',
      'is safe after what it was copied from was checked':
        'if (n > 64) return; unsigned k = n; copy(out, in, k);',
      'is safe where it is clamped': 'if (n > 64) n = 64; copy(out, in, n);',
      'is safe where it is replaced by nothing': 'if (n > 64) n = 0; copy(out, in, n);',
      'is safe where a conditional chooses': 'copy(out, in, n > 64 ? 64 : n);',
      'is not safe where a conditional chooses wrongly': 'copy(out, in, «n > 64 ? n : 64»);',
      'is safe as a minimum': 'copy(out, in, MIN(n, sizeof out));',
      'is not safe as a minimum of two from outside': 'copy(out, in, «MIN(n, m)»);',
      'is safe behind a mask': 'copy(out, in, n & 0x3f);',
      'is not safe behind a mask that is too wide': 'copy(out, in, «n & 0xff»);',
      'is safe as a remainder': 'copy(out, in, n % 64);',
      'is safe where it is equal to a constant': 'if (n != 16) return; copy(out, in, n);',
      'is not safe where it is only not zero': 'if (!n) return; copy(out, in, «n»);',
      'is safe in a case': 'switch (n) { case 8: case 16: copy(out, in, n); break; default: break; }',
      'is not safe in a default': 'switch (n) { case 8: break; default: copy(out, in, «n»); }',
      'is safe after a loop that brings it down': 'while (n > 64) n = n - 64; copy(out, in, n);',
      'is safe in a loop that asks first': 'while (n <= 64 && ok) { copy(out, in, n); ok--; }',
      'is safe with something added to it on both sides':
        'if (n + 4 > sizeof out) return; copy(out + 4, in, n);',
      'is safe with something taken off what fits': 'if (n > sizeof out - 4) return; copy(out + 4, in, n);',
      'is not safe behind an offset that the check forgot':
        'if (n > sizeof out) return; copy(out + 4, in, «n»);',
      'is safe by a bound of a bound': 'if (m > 64) return; if (n > m) return; copy(out, in, n);',
      'is not safe by a bound that is from outside itself': 'if (n > m) return; copy(out, in, «n»);',
      'is safe by a bound of the device': 'if (n > max) return; copy(out, in, n);',
      'is safe after who does not come back': 'if (n > 64) die("too long"); copy(out, in, n);',
      'is safe after a demand': 'demand(n <= 64); copy(out, in, n);',
      'is safe after a goto': 'if (n > 64) goto fail; copy(out, in, n); fail: return;',
      'is safe behind a hint to the compiler': 'if (__builtin_expect(n > 64, 0)) return; copy(out, in, n);',
      'is safe where the result of the check was kept':
        'int small = n <= 64; if (!small) return; copy(out, in, n);',
      'is safe where a name of the result says so':
        'int err = ERR_OK; if (n > 64) err = ERR_SIZE; look(&ok); if (err != ERR_OK) return; copy(out, in, n);',
      'is not safe where a name of the result is not looked at':
        'int err = ERR_OK; if (n > 64) err = ERR_SIZE; copy(out, in, «n»); look(&err);',
      'is safe where two checks were put together': 'int fits = ok && n < 64; if (fits) copy(out, in, n);',
      'FN is taken for safe under an #if that may be left out: each branch is read once, and an absent #else is none':
        '\n#ifdef CHECKED\nif (n > 64) return;\n#endif\ncopy(out, in, n);',
      'is safe where one part of the check is under an #if':
        'if (n > 64\n#if DEBUG\n || ok\n#else\n || max\n#endif\n || m > 64) return;\ncopy(out, in, n); copy(out, in, m);',
      'is safe where the check goes over a joined line': 'if (n \\\n > 64) return; copy(out, in, n);',
      'stays what it is in a cast that looks like a call': 'if (n > 64) return; copy(out, in, (size_t)(n));',
      'comes through a cast that looks like a call': 'copy(out, in, «(size_t)(n)»);',
      'as a cast it is still what it was': 'copy(out, in, (uint8_t)(n) & 0x1f);',
      'is not touched by a macro that only repeats': 'if (n > 64) return; REPEAT(3) { copy(out, in, n); }',
      'is anything in a loop of a macro that is given it':
        'unsigned k = 3; FOR_RANGE(k, wire_u32()) { copy(out, in, k); }',
      'is met behind a branch that leaves and may be left out':
        '\n#if A\nreturn;\n#endif\ncopy(out, in, «n»);',
      'is safe as what eight bits hold where that fits':
        'char big[256]; unsigned char k = n; copy(big, in, k);',
      'is not safe as what sixteen bits hold': 'uint16_t k = n; copy(out, in, «k»);',
    },
    inFunction,
  );
});

describe('a number from outside, where it matters', () => {
  marked(
    'main.c',
    {
      'as the size of memory': 'char *p = get(«n»); look(p);',
      'as the size of memory, times something': 'char *p = get(«n * 4»); look(p);',
      'as the size of memory, checked': 'if (n > 4096) return; char *p = get(n * 4); look(p);',
      'as the length of an array': 'char row[«n»]; look(row);',
      'as an index': 'look(out[«n»]);',
      'as an index, checked': 'if (n < 64) look(out[n]);',
      'as an index, checked by one too many': 'if (n <= 64) look(out[«n»]);',
      'as an index that is written to': 'out[«n»] = 0;',
      'as the bound of a loop over a buffer': 'for (unsigned i = 0; i < n; i++) out[«i»] = 0;',
      'as the bound of a loop that ends with the buffer too':
        'for (unsigned i = 0; i < n && i < sizeof out; i++) out[i] = 0;',
      'as a copy into memory of that very size':
        'if (n > 4096) return; char *p = get(n); if (p) copy(p, in, n);',
      'as a copy into memory of that size and one more':
        'if (n > 4096) return; char *p = get(n + 1); if (p) copy(p, in, n);',
      'as a pointer that is walked': 'char *p = out; p += n; copy(out, in, «n»); look(p);',
      'not at all, where nobody knows what is written to': 'look(in[n]);',
    },
    inFunction,
  );
});
