import { rule } from '../kit/index.js';

export default rule({
  id: 'use-after-free',
  title: 'Memory is used after it was freed',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.6-9'],
  cwe: [416, 825],
  why: 'Freed memory soon belongs to somebody else: what is read there is theirs, and what is written or freed there destroys it.',
  attack:
    'Someone sends a message that makes the device give up halfway. The error path frees the buffer, and the code after it uses it once more; by then it holds the next message, so that the attacker chooses what the device takes for a pointer.',
  instead: 'Set the pointer to NULL as soon as its memory is freed, and return from the error path.',

  c: {
    state: {
      'use-after-free': (event) =>
        event.sure && {
          at: event,
          says: `${event.text} was freed by ${event.by} before and is used: what lies there now may belong to somebody else`,
          path: [...event.path, { at: event.at, says: 'is used' }],
        },
    },
  },

  bad: [
    { c: 'void f(struct msg *m) { free(m->body); log_text(«m->body»); }' },
    { c: 'int f(char *p) { free(p); return «p»[0]; }' },
    { c: 'void f(struct list *l) { for (; l; l = «l»->next) free(l); }' },
    {
      c: `static void drop(struct session *s) { free(s); }
void on_error(struct session *s) { drop(s); «s»->state = 0; }`,
    },
  ],
  good: [
    {
      c: 'void f(struct msg *m) { free(m->body); «guard: m->body = NULL;» if (m->body) log_text(m->body); }',
    },
    { c: 'void f(struct list *l) { while (l) { struct list *next = l->next; free(l); l = next; } }' },
    { c: 'int f(char *p, int bad) { if (bad) { free(p); return -1; } p[0] = 1; free(p); return 0; }' },
    { c: 'void f(char **rows, int n) { for (int i = 0; i < n; i++) free(rows[i]); free(rows); }' },
    { c: 'void f(char *p) { free(p); p = malloc(4); if (p) p[0] = 1; free(p); }' },
    { c: 'int f(char *p, const char *q) { free(p); return p == q; }' },
  ],
});
