import { rule, type Answer, type Expr } from '../kit/index.js';

/** What gives the block back larger, or nothing: by name, or a macro whose definitions differ. */
const RESIZES = /^((os_|heap_caps_|k_|mem_)?realloc|([A-Z0-9_]+_)?REALLOC)$/;

/** `p = realloc(p, n)`: where it fails, the old block is still there and nobody knows where. */
function resized({ target, old, call }: Readonly<Record<string, Expr>>): Answer {
  if (!target || !call || target.text !== old?.text || !RESIZES.test(call.call?.callee ?? '')) return;
  return {
    at: call,
    says: `${target.text} is overwritten with NULL when there is no memory, and the block that it pointed to is lost`,
  };
}

const RESIZED = '(call_expression function: (identifier) arguments: (argument_list . (_) @old . (_))) @call';

// Audit: under eight in ten right where it was read.
export default rule({
  id: 'leak-on-error-path',
  title: 'Memory is lost when something fails',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [401, 772],
  why: 'A device runs for years on little memory: what every failed message loses is missing until it restarts.',
  attack:
    'Someone sends the same malformed message a few thousand times. Each one makes the device give up halfway and forget a block of memory, until nothing is left for anybody and it stops or restarts.',
  instead:
    'Free on every way out: one label at the end of the function that frees all it owns, reached by goto.',

  c: {
    state: {
      'leak-on-return': (event) =>
        event.sure && {
          at: event,
          says: `the memory that ${event.by} gave is not freed on this way out: whoever can make it fail uses the memory up`,
          path: [...event.path, { at: event.at, says: 'leaves without it' }],
        },
    },
    shape: [RESIZED, `(cast_expression value: ${RESIZED})`].map((value) => ({
      pattern: `(assignment_expression left: (_) @target right: ${value})`,
      needs: ['realloc', 'REALLOC'],
      judge: resized,
    })),
  },

  bad: [
    { c: 'int f(struct s *s, size_t n) { s->p = (char *)«realloc(s->p, n)»; return s->p ? 0 : 1; }' },
    {
      c: 'int f(int s) { char *p = malloc(64); if (!p) return -1; if (recv(s, p, 64, 0) < 0) «return -1;» free(p); return 0; }',
    },
    {
      c: 'int f(const char *in) { char *a = strdup(in); char *b = strdup(in); if (!a || !b) { free(a); return -1; } if (in[0]) { free(a); «return -2;» } free(a); free(b); return 0; }',
    },
    {
      c: `static char *fresh(size_t n) { return pvPortMalloc(n); }
int f(int bad) { char *p = fresh(8); if (p == NULL) return -1; if (bad) «return -1;» vPortFree(p); return 0; }`,
    },
  ],
  good: [
    {
      c: 'int f(struct s *s, size_t n) { char *more = realloc(s->p, n); if (!more) return 1; s->p = more; return 0; }',
    },
    {
      c: 'int f(int s) { char *p = malloc(64); if (!p) return -1; if (recv(s, p, 64, 0) < 0) { «guard: free(p);» return -1; } free(p); return 0; }',
    },
    { c: 'int f(struct s *s) { char *p = malloc(4); if (!p) return 1; s->p = p; return 0; }' },
    {
      c: 'char *f(int n) { char *p = malloc(n); if (!p) return 0; if (n > 4) { free(p); p = 0; } return p; }',
    },
    { c: 'int f(void) { char *p = malloc(4); if (!p) return 1; send_later(p); return 0; }' },
    { c: 'int f(char **out) { char *p = malloc(4); if (!p) return 1; *out = p; return 0; }' },
  ],
});
