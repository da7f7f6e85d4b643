/** What happens to memory in C: freed, allocated, lost. */
import { EVENTS, flowed, marked } from '../../support/flowing.js';
import assert from 'node:assert/strict';

const all = EVENTS.filter((name) => name !== 'leak-on-return');

describe('freed memory', () => {
  marked(
    'main.c',
    {
      'is used': 'void f(char *p) { drop(p); look(«p»); }',
      'is read': 'int f(char *p) { drop(p); return «p»[0]; }',
      'is read behind a field': 'int f(struct s *p) { drop(p->b); return «p->b»->n; }',
      'is written': 'void f(struct s *p) { drop(p); «p»->n = 0; }',
      'is freed again': 'void f(char *p) { drop(p); drop(«p»); }',
      'is used under another name': 'void f(char *p) { char *q = p; drop(p); look(«q»); }',
      'is set to null': 'void f(char *p) { drop(p); p = 0; look(p); drop(p); }',
      'is allocated anew': 'void f(char *p) { drop(p); p = get(4); look(p); }',
      'is another field': 'void f(struct s *p) { drop(p->a); look(p->b); }',
      'is freed on a way that leaves':
        'int f(char *p, int e) { if (e) { drop(p); return 1; } look(p); return 0; }',
      'is freed on one of two ways': 'void f(char *p, int e) { if (e) drop(p); look(p); }',
      'is freed on both ways': 'void f(char *p, int e) { if (e) drop(p); else drop(p); look(«p»); }',
      'is a list': 'void f(struct l *l) { while (l) { struct l *n = l->next; drop(l); l = n; } }',
      'is a list whose next is read too late': 'void f(struct l *l) { for (; l; l = «l»->next) drop(l); }',
      'is an array of pointers':
        'void f(char **a, int n) { for (int i = 0; i < n; i++) drop(a[i]); drop(a); }',
      'is made and freed in each round':
        'void f(int n) { while (n--) { char *p = get(4); if (!p) return; look(p); drop(p); } }',
      'is freed by a function of the product':
        'static void end(struct s *s) { drop(s); } void f(struct s *s) { end(s); look(«s»); }',
      'is a part freed by a function of the product':
        'static void end(struct s *s) { drop(s->b); } void f(struct s *s) { end(s); look(«s->b»); look(s); }',
      'is freed by a function that says so':
        'static int end(struct s *s) { if (s->n) { drop(s); return -1; } return 0; } void f(struct s *s) { if (end(s) < 0) return; look(s); }',
      'is freed by a function that says so, and used then':
        'static int end(struct s *s) { if (s->n) { drop(s); return -1; } return 0; } void f(struct s *s) { if (end(s) < 0) { look(«s»); } }',
      'is only shown': 'void f(char *p) { drop(p); look("%d %p", 3, p); }',
      'is shown as a text': 'void f(char *p) { drop(p); look("%p %s", 3, «p»); }',
      'is freed by a block that is given to a macro':
        'int f(struct s *s) { CHECK(s->n, { drop(s); return 1; }); return s->n; }',
      'is only compared': 'int f(char *p, char *q) { drop(p); return p == q; }',
    },
    undefined,
    ['use-after-free', 'double-free'],
  );
});

describe('allocated memory', () => {
  marked(
    'main.c',
    {
      'is used unasked': 'void f(void) { char *p = get(4); «p[0]» = 1; }',
      'is asked for': 'void f(void) { char *p = get(4); if (!p) return; p[0] = 1; }',
      'is asked for by name': 'void f(void) { char *p = get(4); if (p == NULL) return; p[0] = 1; }',
      'is asked for the wrong way': 'void f(void) { char *p = get(4); if (p) return; «p[0]» = 1; }',
      'is asked for in a condition': 'void f(void) { char *p; if ((p = get(4)) != NULL) p[0] = 1; }',
      'is asked for in another variable':
        'void f(void) { char *p = get(4), *q = get(4); if (!q) return; «p[0]» = 1; q[0] = 1; }',
      'comes from a function of the product':
        'static char *make(void) { return get(4); } void f(void) { char *p = make(); «p[0]» = 1; }',
    },
    undefined,
    ['unchecked-allocation'],
  );
  marked(
    'main.c',
    {
      'is lost': 'int f(int e) { char *p = get(4); if (!p) return 1; if (e) «return 2;» drop(p); return 0; }',
      'is given back': 'char *f(void) { char *p = get(4); if (!p) return 0; return p; }',
      'is kept': 'int f(struct s *s) { char *p = get(4); if (!p) return 1; s->p = p; return 0; }',
      'is handed to somebody': 'int f(void) { char *p = get(4); if (!p) return 1; keep(p); return 0; }',
      'is freed by a function of the product':
        'static void end(char *p) { drop(p); } int f(void) { char *p = get(4); if (!p) return 1; end(p); return 0; }',
    },
    undefined,
    ['leak-on-return'],
  );
});

describe('the edge of a buffer', () => {
  marked(
    'main.c',
    {
      'is passed by a constant': 'void f(void) { char b[4]; run("x"); b[«4»] = 0; }',
      'is not passed by the last': 'void f(void) { char b[4]; run("x"); b[3] = 0; }',
      'is not passed by an address': 'char *f(void) { static char b[4]; run("x"); return &b[4]; }',
      'is passed by a copy': 'void f(char *in) { char b[4]; copy(b, in, «8»); }',
      'is passed by a failure': 'void f(void) { char b[4]; int n = wire(b, 3); b[«n»] = 0; }',
      'is not passed where the failure is asked for':
        'void f(void) { char b[4]; int n = wire(b, 3); if (n < 0) return; b[n] = 0; }',
    },
    undefined,
    all,
  );
});

it('what is freed somewhere is shown with where', async () => {
  const { problems } = await flowed({ 'main.c': 'void f(char *p) { drop(p); look(p); }' }, [
    'use-after-free',
  ]);
  assert.equal(problems.length, 1);
});
