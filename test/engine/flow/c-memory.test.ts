/** What happens to memory in C: freed, allocated, lost. */
import { EVENTS, flowed, marked } from '../../support/flowing.js';
import assert from 'node:assert/strict';

/** A file is read when it holds a word that a rule listens to. */
const read = (code: string): string => `${code}\nvoid other(void) { run("x"); }`;
const all = EVENTS.filter((name) => name !== 'leak-on-return');

describe('freed memory', () => {
  marked(
    'main.c',
    {
      'is replaced by the function that freed it':
        'struct s { char *b; }; static int renew(struct s *p) { drop(p->b); p->b = get(4); if (!p->b) return -1; return 0; } void f(struct s *p) { fill(p, 1); if (renew(p) < 0) return; look(p->b); }',
      'is kept by a caller while a function replaces it':
        'struct s { char *b; }; static void renew(struct s *p) { drop(p->b); p->b = 0; } void f(struct s *p) { char *old = p->b; renew(p); look(«old»); }',
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
      'was moved elsewhere':
        'void f(char *p) { char *q = grow(p, 9); if (!q) { look(p); return; } look(«p»); drop(q); }',
      'was moved under its own name': 'void f(char *p) { p = grow(p, 9); if (!p) return; look(p); drop(p); }',
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
      'comes from a function that asks':
        'static char *make(void) { char *p = get(4); if (!p) die(); return p; } void f(void) { char *p = make(); p[0] = 1; }',
      'comes from a function that says so':
        'static char *make(int n) { char *p = get(4); if (!p) return 0; p[0] = n; return p; } void f(void) { char *p = make(1); «p[0]» = 1; }',
      'is copied into by a function that a table knows':
        'void f(char *in) { char *p = get(4); copy(«p», in, 4); }',
      'is a part of what was asked for':
        'struct s { int n; int m; }; void f(int i) { struct s *s = get(8); if (!s) return; copy(&s->m, &i, 4); copy(s + 1, &i, 4); }',
      'is asked for before a loop':
        'void f(char *t) { struct s *s = get(8); if (!s) return; s->n = 0; while (t) { t = strstr(t, "x"); if (t) { s->n++; t += 2; } } s->m = 1; }',
      'is asked for by what the result is called':
        'void f(struct e *e, int w) { int st = OK; if (e->buf == NULL) { e->buf = get(8); if (e->buf == NULL) { log("no"); st = NO_MEM; } } else { if (w > 8) st = TOO_LONG; } log("go"); if (st != OK) return; copy(e->buf + 1, e, 4); }',
      'is asked for by a result that nobody looks at':
        'void f(struct e *e, int w) { int st = OK; if (e->buf == NULL) { e->buf = get(8); if (e->buf == NULL) { st = NO_MEM; } } log("go"); copy(«e->buf + 1», e, 4); }',
      'is asked for in a row':
        'void f(struct s *s) { int ok = (s->a = get(4)) && (s->b = get(4)) && look(1) == 2; if (!ok) { log("no"); goto out; } s->a[0] = 1; s->b[0] = 1; out: return; }',
      'is asked for in a row, the wrong way':
        'void f(struct s *s) { int ok = (s->a = get(4)) && (s->b = get(4)); if (ok) return; «s->a[0]» = 1; }',
      'is asked for by who ends through a pointer':
        'static void fatal(const char *t) { if (t == NULL) return; log(t); die(t); } static handler *end = fatal; static char *make(void) { char *p = get(4); if (!p) end("no"); return p; } void f(void) { char *p = make(); p[0] = 1; }',
      'is asked for by a demand of an unknown macro':
        'void f(void) { char *p = get(4); UTEST_ASSERT_NOT_NULL(p); p[0] = 1; }',
      'is asked for by an unknown macro':
        'void f(void) { char *p = get(4), *q = get(5); VerifyOrExit(p != NULL, err = 1); LEAVE_IF(!q, "no"); p[0] = 1; q[0] = 1; }',
      'is not asked for by an unknown macro that is given another':
        'void f(void) { char *p = get(4), *q = get(5); VerifyOrExit(q != NULL, err = 1); «p[0]» = 1; }',
      'is asked for by who ends a task': 'void f(void) { char *p = get(4); if (!p) end_task(0); p[0] = 1; }',
      'is asked for by who ends the task of another':
        'void f(int other) { char *p = get(4); if (!p) end_task(&other); «p[0]» = 1; }',
      'is asked for where a part of it is one of two places':
        'struct s { int n; int m; }; void f(struct s *old, int k) { struct s *s = old; if (k) { struct s *list = get(k * 8); if (!list) return; s = &list[k - 1]; } s->n = 1; }',
      'is used unasked twice': 'void f(void) { char *p = get(4); «p[0]» = 1; p[1] = 1; }',
      'is used unasked where it was needed': 'void f(char *p, int n) { if (n > 4) p = get(n); «p[0]» = 1; }',
      'is asked for where it was needed':
        'void f(char *p, int n) { if (n > 4) { p = get(n); if (!p) return; } p[0] = 1; }',
      'is only freed': 'void f(void) { char *p = get(4); drop(p); }',
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
      'is kept in a loop':
        'int f(struct s *s, int n) { while (n--) { s[n].p = get(4); if (!s[n].p) return 1; } return 0; }',
      'is kept by a function of the product':
        'static void add(struct l **l, struct l *n) { n->next = *l; *l = n; } int f(struct l **l) { struct l *n = get(8); if (!n) return 1; add(l, n); return 0; }',
      'is kept in a variable that stays':
        'int f(void) { static char *kept; kept = get(4); return kept ? 0 : 1; }',
      'is known elsewhere too':
        'static struct s *add(struct t *t) { struct s *s = get(8); if (s) t->first = s; return s; } int f(struct t *t) { struct s *s = add(t); return s ? 0 : 1; }',
      'is freed by a function that is given its address':
        'static void end(struct s **s) { struct s *m; if (!s || !*s) return; m = *s; drop(m->b); m->b = 0; drop(m); *s = 0; } int f(int e) { struct s *s = get(8); if (!s) return 1; if (e) { end(&s); return 2; } drop(s); return 0; }',
      'may be exchanged by whoever is given its address':
        'int f(int e) { char *p = get(4); if (!p) return 1; if (!longer(&p)) { drop(p); return 2; } drop(p); return 0; }',
      'is moved elsewhere':
        'int f(void) { char *p = get(4); if (!p) return 1; char *q = grow(p, 9); if (!q) { drop(p); return 2; } drop(q); return 0; }',
      'is handed to somebody': 'int f(void) { char *p = get(4); if (!p) return 1; keep(p); return 0; }',
      'is freed by a function of the product':
        'static void end(char *p) { drop(p); } int f(void) { char *p = get(4); if (!p) return 1; end(p); return 0; }',
    },
    undefined,
    ['leak-on-return'],
  );
});

describe('memory of a function that has ended', () => {
  marked(
    'main.c',
    {
      'is given back by name': 'char *f(void) { char name[8]; fill(name); «return name;» }',
      'is given back by address': 'int *f(void) { int n; «return &n;» }',
      'is given back from the middle':
        'char *f(void) { char b[9]; char *p = b; fill(b); while (*p) { if (*p == 1) «return p;» p++; } return 0; }',
      'is a field given back':
        'struct s { char b[9]; }; char *f(void) { struct s s; fill(&s); «return &s.b[1];» }',
      stays: 'char *f(void) { static char name[8]; fill(name); return name; }',
      'is the caller’s': 'char *f(char name[8]) { fill(name); return name; }',
      'is part of what the caller gave': 'int *f(struct s *s) { return &s->n; }',
      'is only read': 'char f(void) { char b[8]; fill(b); return b[0]; }',
      'is given back as a number': 'unsigned long f(void) { int n; return (unsigned long)&n; }',
    },
    read,
    ['returned-local'],
  );
});

describe('a variable without a value', () => {
  marked(
    'main.c',
    {
      'is used': 'int f(void) { int n; return «n»; }',
      'is used where one way gave it none': 'int f(int a) { int n; if (a > 1) n = 2; return «n»; }',
      'is used behind a jump':
        'int f(int a) { char *p; if (a < 0) goto out; p = get(4); out: drop(«p»); return 0; }',
      'is asked for in a condition': 'int f(int a) { int n; if (a > 1) n = 2; if («n») return 1; return 0; }',
      'is used under the condition under which it was set':
        'int f(int a) { int n; if (a > 1) n = 2; if (a > 1) return n; return 0; }',
      'is set in all cases that there are':
        'int f(int a) { int n; switch (a) { case 1: n = 2; break; case 2: n = 3; break; } return n; }',
      'is set or the program ends': 'int f(int a) { int n; if (a > 1) n = 2; else die(); return n; }',
      'is set in a loop': 'int f(int a) { int n; for (int i = 0; i < a; i++) n = i; return n; }',
      'is set through its address': 'int f(void) { int n; fill(&n); return n; }',
      'may be set by a macro': 'int f(void) { int n; FETCH(n); return n; }',
      'is said not to be needed': 'int f(void) { int n; (void)n; return 0; }',
      'is given itself': 'int f(void) { int n = n; return 0; }',
      'is only measured': 'int f(void) { int n; return sizeof n; }',
      'is set under a condition that nobody knows':
        'int f(void) { int n;\n#if A\nn = 1;\n#elif B\nn = 2;\n#endif\nreturn n; }',
      'is an array': 'int f(void) { char b[4]; fill(b); return b[0]; }',
    },
    read,
    ['used-unset'],
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
