import { rule } from '../kit/index.js';

// Audit: of 4 findings read in RIOT none was right: externs and assembler count as unset.
export default rule({
  id: 'uninitialised-use',
  title: 'Variable is used before it holds anything',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.6-9'],
  cwe: [457, 908, 824],
  why: 'A variable without a value holds what the last function left on the stack: a length, an address, a piece of a message from somebody else.',
  attack:
    'Someone sends a request that fails at its first check. The device jumps to the clean-up at the end and frees a pointer that was not set yet: it still holds what the request before had put in that place, which the attacker also sent.',
  instead:
    'Give it a value where it is declared: NULL for a pointer, a failure for a result, 0 for a length.',

  c: {
    state: {
      'used-unset': (event) =>
        event.sure && {
          at: event,
          says: `${event.text} is used here and has no value yet on a way that leads here: it holds what was left on the stack`,
          path: [...event.path, { at: event.at, says: 'is used' }],
        },
    },
  },

  bad: [
    { c: 'void f(char *out) { unsigned n; memcpy(out, "x", «n»); }' },
    {
      c: 'int f(int fd) { char *buf; int rc = -1; if (fd < 0) goto out; buf = malloc(8); if (!buf) goto out; rc = 0; out: free(«buf»); return rc; }',
    },
    {
      c: 'int f(char *out, const char *s) { int level; memcpy(out, s, 4); if (out[0] > 3) level = 1; return «level»; }',
    },
  ],
  good: [
    {
      c: 'int f(int fd) { char *buf«guard:  = NULL»; int rc = -1; if (fd < 0) goto out; buf = malloc(8); rc = 0; out: free(buf); return rc; }',
    },
    {
      c: 'int f(char *out, const char *s) { int level; memcpy(out, s, 4); if (out[0] > 3) level = 1; else return 0; return level; }',
    },
    { c: 'int f(char *s) { int n, ok = sscanf(s, "%d", &n); free(s); return ok == 1 ? n : 0; }' },
    {
      c: 'int f(char *out, const char *s) { int n; memcpy(out, s, 4); if (out[0] > 3) n = 1; if (out[0] > 3) return n; return 0; }',
    },
    {
      c: 'int f(char *out, const char *s) { int n; memcpy(out, s, 4); switch (out[0]) { case 1: n = 2; break; case 2: n = 3; break; } return n; }',
    },
    { c: 'int f(struct list *l) { struct node *n; LIST_FOREACH(n, l) free(n); return n == NULL; }' },
  ],
});
