/** Macros that check, as firmware and test frameworks write them. */
import { marked } from '../../support/flowing.js';

const MACROS = `
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define IS_SMALL(n) ((n) <= 64)
#define RETURN_IF(c) do { if (c) { log("no"); return; } } while (0)
#define RETURN_UNLESS(c, ...) do { if (unlikely(!(c))) { log(__VA_ARGS__); return; } } while (0)
#define BAIL(c) if (c) goto fail
#define GIVE_UP(text) do { add_failure(text, __LINE__); return; } while (0)
#define EXPECT(c) EXPECT_SAYING((c), #c)
#define EXPECT_SAYING(c, text) do { __typeof__(c) _it = (c); if (!_it) { GIVE_UP((text)); } } while (0)
#define EXPECT_SET(p) do { __typeof__(p) _p = (p); EXPECT_SAYING(_p != NULL, #p " was null"); } while (0)
#define WARN_IF(c) do { if (c) { log("warning"); } } while (0)
#define STOP_LOOP(c) do { if (c) { break; } } while (0)
#define NEXT_IF(c) if (c) continue
#define BOTH(a, b) do { if ((a) > 64 || (b) > 64) return; } while (0)
#define EITHER(a, b) do { if ((a) > 64 && (b) > 64) return; } while (0)
#define DEMAND(c) ((c) ? (void)0 : die(#c))
#define WITH_LOOP(c) do { while (c) { return; } } while (0)
#define LOW_BITS(n) ((n) & 63)
#define LOW_BYTE(n) ((uint8_t)(n))
#define ITEMS(list) (sizeof(list) / sizeof((list)[0]))
#define ELSE_DO(c, action) if (!(c)) { log(#c); action; }
#define WHEN(c, action) do { if (c) { action; } } while (0)
#define CHECK_OR_GO(c) do { demand((c) && 1); } while (0)
#define LL_ASSERT(c) do { if (!(c)) { print(#c); demand(0); } } while (0)
#define SELF(c) SELF(c)
`;
const inFunction = (code: string): string =>
  `${MACROS}\nvoid f(char *in, int ok) { char out[64]; unsigned n = wire_u32(), m = wire_u32(); ${code} fail: return; }`;

describe('a macro that checks', () => {
  marked(
    'main.c',
    {
      'says nothing where it is not used': 'copy(out, in, «n»);',
      'holds behind it where it returns': 'RETURN_IF(n > 64); copy(out, in, n);',
      'holds only for what it asks': 'RETURN_IF(m > 64); copy(out, in, «n»);',
      'holds with its polarity': 'RETURN_IF(n < 64); copy(out, in, «n»);',
      'holds only behind it': 'copy(out, in, «n»); RETURN_IF(n > 64);',
      'holds where it returns unless': 'RETURN_UNLESS(n <= 64, "%u", n); copy(out, in, n);',
      'holds where it goes to a label': 'BAIL(n > 64); copy(out, in, n);',
      'holds through macros that it is made of': 'EXPECT(n <= 64); copy(out, in, n);',
      'holds through a macro in the condition': 'RETURN_UNLESS(IS_SMALL(n)); copy(out, in, n);',
      'holds for each part of a disjunction': 'BOTH(m, n); copy(out, in, n);',
      'does not hold for a part of a conjunction': 'EITHER(m, n); copy(out, in, «n»);',
      'holds where an expression does not come back': 'DEMAND(n <= 64); copy(out, in, n);',
      'does not hold where it only warns': 'WARN_IF(n > 64); copy(out, in, «n»);',
      'does not hold where it leaves a loop of its own': 'STOP_LOOP(n > 64); copy(out, in, «n»);',
      'holds where it goes on with the next round': 'while (ok--) { NEXT_IF(n > 64); copy(out, in, n); }',
      'is not followed into loops': 'WITH_LOOP(n > 64); copy(out, in, «n»);',
      'may be made of itself': 'SELF(n > 64); copy(out, in, «n»);',
      'leaves for good': 'if (n > 64) GIVE_UP("too long"); copy(out, in, n);',
    },
    inFunction,
  );

  marked(
    'main.c',
    {
      'is the expression that it stands for': 'copy(out, in, LOW_BITS(n));',
      'is that expression with its own width': 'copy(out, in, «LOW_BYTE(n)»);',
      'is asked like that expression': 'if (!IS_SMALL(n)) return; copy(out, in, n);',
      'holds where it does what it is given': 'ELSE_DO(n <= 64, return); copy(out, in, n);',
      'holds where it does several things': 'ELSE_DO(n <= 64, log("no"); ok = 0; return) copy(out, in, n);',
      'holds where it jumps': 'WHEN(n > 64, goto fail); copy(out, in, n);',
      'does not hold where what it does goes on': 'ELSE_DO(n <= 64, ok = 0; log("no")); copy(out, in, «n»);',
      'does not hold with the other polarity': 'WHEN(n < 64, return); copy(out, in, «n»);',
      'may do what it is given': 'ELSE_DO(ok, copy(out, in, «n»); return);',
      'holds through a demand that a table knows': 'CHECK_OR_GO(n <= 64); copy(out, in, n);',
      'holds where it demands what cannot be': 'LL_ASSERT(n <= 64); copy(out, in, n);',
      'gives the number of items': 'if (n > ITEMS(out)) return; copy(out, in, n);',
      'gives too large a number of items': 'char big[256]; if (n > ITEMS(big)) return; copy(out, in, «n»);',
    },
    inFunction,
  );
});

describe('memory that a macro is told to free', () => {
  marked(
    'main.c',
    {
      'is freed only where the macro does so':
        'char *p = get(4), *q = get(5); ELSE_DO(q, drop(p); return); look(p);',
      'is freed for good where nothing leaves':
        'char *p = get(4); ELSE_DO(ok, drop(p); return); drop(p); look(«p»);',
    },
    inFunction,
    ['use-after-free'],
  );
});

describe('an allocation that a test framework checks', () => {
  marked(
    'main.c',
    {
      'is checked': 'char *p = get(4); EXPECT_SET(p); p[0] = 1;',
      'is checked where it is assigned': 'char *p; EXPECT_SET((p = get(4))); p[0] = 1;',
      'is not checked by what only warns elsewhere': 'char *p = get(4); WARN_IF(ok); «p[0]» = 1;',
    },
    inFunction,
    ['unchecked-allocation'],
  );
});
