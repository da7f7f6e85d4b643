import { rule } from '../kit/index.js';

export default rule({
  id: 'double-free',
  title: 'Memory is freed twice',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.6-9'],
  cwe: [415],
  why: 'Freeing a block again damages the lists of the heap: the same block is then handed out twice, and two parts of the program write over each other.',
  attack:
    'Someone sends a message that fails late. The step that failed has freed the buffer, the caller frees it again, and the next two messages share one block: what the attacker writes as text the device reads as a pointer.',
  instead:
    'Set the pointer to NULL as soon as its memory is freed, and let one place own the freeing: a single label at the end of the function.',

  c: {
    state: {
      'double-free': (event) =>
        event.sure && {
          at: event,
          says: `${event.text} was freed by ${event.by} before and is freed again: the heap then hands the same memory out twice`,
          path: [...event.path, { at: event.at, says: 'is freed again' }],
        },
    },
  },

  bad: [
    { c: 'void f(void) { char *p = malloc(8); if (!p) return; free(p); free(«p»); }' },
    { c: 'void f(struct msg *m) { free(m->body); m->len = 0; free(«m->body»); free(m); }' },
    {
      c: `static void drop(struct session *s) { free(s->name); free(s); }
int on_error(struct session *s) { drop(s); free(«s»); return -1; }`,
    },
    {
      c: `static int parse(char *text) { if (text[0] != '{') { vPortFree(text); return -1; } return 0; }
void on_message(char *text) { if (parse(text) < 0) { vPortFree(«text»); return; } vPortFree(text); }`,
    },
  ],
  good: [
    { c: 'void f(struct msg *m) { free(m->body); «guard: m->body = NULL;» free(m->body); }' },
    { c: 'void f(char *p) { free(p); p = malloc(4); free(p); }' },
    { c: 'int f(char *p, int bad) { if (bad) { free(p); return -1; } free(p); return 0; }' },
    { c: 'void f(char **rows, int n) { for (int i = 0; i < n; i++) free(rows[i]); free(rows); }' },
    {
      c: `static int parse(char *text) { if (text[0] != '{') { free(text); return -1; } return 0; }
void on_message(char *text) { if (parse(text) < 0) return; free(text); }`,
    },
  ],
});
