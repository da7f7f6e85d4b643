import { rule, suggest, type Answer, type Call, type Expr, type FlowEvent } from '../kit/index.js';

const judge = ({ at, text, path }: FlowEvent): Answer => ({
  at,
  says: `${text} lies just past the end: the last element has the index one below the number of elements`,
  path,
});

/** Functions that copy a text with or without its end: with them in sight, flow knows more. */
const COPIES = ['memcpy', 'memmove', 'strcpy', 'stpcpy', 'strcat', 'sprintf', 'strncpy'];

function isZero(target: Expr | undefined): boolean {
  return target?.kind === 'null' || target?.value === '0';
}

/** `malloc(strlen(s))`: what is meant to hold the text lacks its end. */
function allocation(call: Call): Answer {
  const {
    args: [size],
    inside,
  } = call;
  if (size?.kind === 'name' && size.call?.callee === 'snprintf' && isZero(size.call.args[0]))
    return {
      at: size,
      says: `${size.text} counts the characters that will be printed, and leaves no room for the terminator`,
      path: [{ at: size.call.at, says: 'counts the characters' }],
      fixes: [suggest(size, `${size.text} + 1`, 'Make room for the terminator')],
    };
  if (size?.call?.callee !== 'strlen' || !/^(call|name)$/.test(size.kind)) return;
  if (COPIES.some((copy) => inside?.calls.has(copy))) return;
  const text = size.call.args[0]?.text ?? 'the text';
  return {
    at: size,
    says: `${size.text} leaves no room for the terminator of ${text}`,
    fixes: [suggest(size, `${size.text} + 1`, 'Make room for the terminator')],
  };
}

// Audit: of 4 findings read in RIOT none was right: the size of a table that a macro gives is not known.
export default rule({
  id: 'off-by-one-terminator',
  title: 'One element is missing at the end of a buffer',
  severity: 'error',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [193, 787, 125],
  why: 'buffer[sizeof buffer] and the end of a text in memory made for its letters alone are bytes that belong to somebody else.',
  attack:
    'Someone sends a text that fills the buffer exactly. The zero behind it overwrites the lowest byte of the next variable, for instance of a pointer or of a length, and from then on the device reads and writes in the wrong place.',
  instead: 'The last element is [sizeof buffer - 1]; memory for a text needs strlen(text) + 1.',

  c: {
    state: {
      'index-out-of-bounds': judge,
      'missing-terminator': ({ at, text, by, role, path }) => ({
        at,
        says:
          role === undefined
            ? `${by} writes the end of ${text} past memory that was made for its characters alone`
            : `${by} writes the end of ${text} past ${role} when its characters fill that: the check lets them through`,
        path,
      }),
    },
    call: {
      malloc: allocation,
      pvPortMalloc: allocation,
      k_malloc: allocation,
      alloca: allocation,
      heap_caps_malloc: allocation,
    },
  },

  bad: [
    {
      c: 'char *f(int v) { int n = snprintf(NULL, 0, "%d", v); char *p = malloc(«n»); if (p) snprintf(p, n, "%d", v); return p; }',
      becomes:
        'char *f(int v) { int n = snprintf(NULL, 0, "%d", v); char *p = malloc(n + 1); if (p) snprintf(p, n, "%d", v); return p; }',
    },
    {
      c: 'void f(const char *s) { char b[64]; if (strlen(s) > sizeof(b)) give_up("too long"); strcpy(b, «s»); use(b); }',
    },
    { c: 'int f(int on) { char line[2][16]; memset(line, 0, 32); return line[on ? 1 : 0][«16»]; }' },
    { c: 'void f(const char *s) { char b[64]; strncpy(b, s, 64); b[«64»] = 0; use(b); }' },
    { c: 'void f(const char *s) { char b[64]; memcpy(b, s, 64); b[«sizeof(b)»] = 0; use(b); }' },
    {
      c: 'char *room(const char *s) { return malloc(«strlen(s)»); }',
      becomes: 'char *room(const char *s) { return malloc(strlen(s) + 1); }',
    },
    {
      c: 'char *copy(const char *s) { int n = strlen(s); char *d = malloc(n); if (d) strcpy(d, «s»); return d; }',
    },
    { c: 'void f(int i) { int t[8]; memset(t, 0, 32); if (i < 0 || i > 8) return; t[«i»] = 0; use(t); }' },
  ],
  good: [
    {
      c: 'void f(const char *s) { char b[64]; if (strlen(s) >«guard: =» sizeof(b)) return; strcpy(b, s); use(b); }',
    },
    {
      c: 'void f(const char *s) { char b[64]; strncpy(b, s, 64); b[64 - 1] = 0; b[sizeof(b) - 1] = 0; use(b); }',
    },
    { c: 'char *copy(const char *s) { char *d = malloc(strlen(s) + 1); if (d) strcpy(d, s); return d; }' },
    {
      c: 'void f(int i) { int t[8]; memset(t, 0, 32); if (i < 0 || i > 8) return; «guard: if (i == 8) return;» t[i] = 0; use(t); }',
    },
    {
      c: 'void *f(const char *s) { size_t n = strlen(s); void *d = malloc(n); if (d) memcpy(d, s, n); return d; }',
    },
  ],
});
