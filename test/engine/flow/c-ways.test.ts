/** Ways that a value takes through memory and functions of C. */
import { marked } from '../../support/flowing.js';

const IN = 'char out[64];';

describe('what comes from outside in C', () => {
  marked('main.c', {
    'fills a buffer': `void f(int a) { ${IN} char b[4]; wire(b, sizeof b); copy(out, b, «b[0]»); }`,
    'fills a struct, and so its fields': `struct h { unsigned len; }; void f(char *in) { ${IN} struct h h; wire(&h, sizeof h); copy(out, in, «h.len»); }`,
    'fills a struct behind a pointer': `struct h { unsigned len; }; void f(struct h *h, char *in) { ${IN} wire(h, sizeof *h); copy(out, in, «h->len»); }`,
    'is gone from a field that is set': `struct h { unsigned len; }; void f(char *in) { ${IN} struct h h; wire(&h, sizeof h); h.len = 4; copy(out, in, h.len); }`,
    'stays in the other fields': `struct h { unsigned a, b; }; void f(char *in) { ${IN} struct h h; wire(&h, sizeof h); h.a = 4; copy(out, in, «h.b»); }`,
    'is checked in a field': `struct h { unsigned len; }; void f(struct h *h, char *in) { ${IN} wire(h, sizeof *h); if (h->len > 64) return; copy(out, in, h->len); }`,
    'is checked in another field': `struct h { unsigned a, b; }; void f(struct h *h, char *in) { ${IN} wire(h, sizeof *h); if (h->a > 64) return; copy(out, in, «h->b»); }`,
    'is checked in a field that is then filled anew': `struct h { unsigned len; }; void f(struct h *h, char *in) { ${IN} wire(h, 4); if (h->len > 64) return; wire(h, 4); copy(out, in, «h->len»); }`,
    'is read through another pointer to the same': `struct h { unsigned len; }; void f(char *in) { ${IN} struct h h, *p = &h; wire(&h, sizeof h); if (p->len > 64) return; copy(out, in, h.len); }`,
    'passes through a cast': `void f(char *in) { ${IN} char b[8]; wire(b, 8); struct h *h = (struct h *)b; copy(out, in, «h->len»); }`,
    'passes through a swap of bytes, checked as swapped': `void f(char *in, struct h *h) { ${IN} wire(h, 4); if (swap(h->len) > 64) return; copy(out, in, swap(h->len)); }`,
    'passes through a swap of bytes, not checked': `void f(char *in, struct h *h) { ${IN} wire(h, 4); copy(out, in, «swap(h->len)»); }`,
    'is put together from bytes': `void f(char *in) { ${IN} unsigned char b[4]; wire(b, 4); unsigned n = b[0] << 8 | b[1]; copy(out, in, «n»); }`,
    'is put together from bytes and checked': `void f(char *in) { ${IN} unsigned char b[4]; wire(b, 4); unsigned n = b[0] << 8 | b[1]; if (n > 64) return; copy(out, in, n); }`,
    'is read by a pointer that walks': `void f(char *in) { ${IN} unsigned char b[4], *p = b; wire(b, 4); p++; unsigned n = *p++; copy(out, in, «n»); }`,
    'is copied with memory': `void f(char *in) { ${IN} char b[8], c[8]; wire(b, 8); copy(c, b, 8); copy(out, in, «c[1]»); }`,
    'comes behind a number that the library gives':
      'void f(void) { char b[64]; int n = wire(b, sizeof b); if (n < 0) return; char out[64]; copy(out, b, n); }',
    'comes in fields of a type': `void f(packet_t *p) { ${IN} copy(out, p->data, «p->len»); }`,
    'comes in fields of a type, checked': `void f(packet_t *p) { ${IN} if (p->len > sizeof out) return; copy(out, p->data, p->len); }`,
    'comes to who is registered': `static void got(char *b, unsigned n) { ${IN} copy(out, b, «n»); } void f(void) { on_wire(got); }`,
    'does not come to who is not registered': `static void got(char *b, unsigned n) { ${IN} copy(out, b, n); } void f(void) { on_wire(other); }`,
    'comes to who is called from outside': `void handle_wire(struct h *h) { ${IN} copy(out, 0, «h->len»); }`,
    'is kept in a variable of the file': `static unsigned last; void keep(void) { last = wire_u32(); } void use(char *in) { ${IN} copy(out, in, «last»); }`,
    'is kept in a field of a variable of the file': `static struct s { unsigned n, m; } all; void keep(void) { all.n = wire_u32(); } void use(char *in) { ${IN} copy(out, in, all.m); copy(out, in, «all.n»); }`,
    'is nothing after a number of its own': `void f(char *in) { ${IN} unsigned n = wire_u32(); n = 3; copy(out, in, n); }`,
    'is nothing of sizeof': `void f(char *in) { ${IN} struct h h; wire(&h, sizeof h); copy(out, in, sizeof h); }`,
    'is nothing of a comparison': `void f(char *in) { ${IN} unsigned n = wire_u32(); copy(out, in, n == 3); }`,
    'passes through a call that nobody knows': `void f(char *in) { ${IN} copy(out, in, «convert(wire_u32())»); }`,
    'is written where a call that nobody knows is given an address': `void f(char *in) { ${IN} unsigned n; char b[4]; wire(b, 4); decode(b, &n); copy(out, in, «n»); }`,
    'is left alone by a call that only looks': `void f(char *in) { ${IN} unsigned n = wire_u32(); if (n > 64) return; look(&n); copy(out, in, n); }`,
    'passes through a loop of a macro': `void f(struct list *l, struct item *i, char *in) { ${IN} wire(l, 8); FOREACH(i, l) { copy(out, in, «l->len»); } }`,
    'is gone from a variable that a loop of a macro writes': `void f(struct list *l, char *in) { ${IN} unsigned i; DL_FOREACH(l->first, i) { copy(out, in, i); } }`,
    'passes through a statement expression': `void f(char *in) { ${IN} copy(out, in, ({ unsigned n = wire_u32(); «n + 1»; })); }`,
    'passes through a comma': `void f(char *in) { ${IN} unsigned n; copy(out, in, (n = wire_u32(), «n»)); }`,
    'is assigned in a condition': `void f(char *in) { ${IN} unsigned n; if ((n = wire_u32()) > 64) return; copy(out, in, n); }`,
    'is assigned in a condition that says nothing': `void f(char *in) { ${IN} unsigned n; if ((n = wire_u32()) == 0) return; copy(out, in, «n»); }`,
  });
});

describe('functions of the product in C', () => {
  marked('main.c', {
    'give back what comes from outside': `static unsigned size(void) { return wire_u32(); } void f(char *in) { ${IN} copy(out, in, «size()»); }`,
    'give back what they are given': `static unsigned id(unsigned n) { return n; } void f(char *in) { ${IN} copy(out, in, «id(wire_u32())»); }`,
    'give back one of two that they are given': `static unsigned pick(unsigned a, unsigned b) { return a; } void f(char *in) { ${IN} copy(out, in, pick(1, wire_u32())); }`,
    'give back a field': `static unsigned len(struct h *h) { return h->len; } void f(char *in) { ${IN} struct h h; wire(&h, 8); copy(out, in, «len(&h)»); }`,
    'give back another field': `struct h { unsigned a, b; }; static unsigned len(struct h *h) { return h->a; } void f(char *in) { ${IN} struct h h; wire(&h, 8); h.a = 1; copy(out, in, len(&h)); }`,
    'give back no more than they are given': `static unsigned cut(unsigned n) { return n > 64 ? 64 : n; } void f(char *in) { ${IN} copy(out, in, cut(wire_u32())); }`,
    'take it where it matters': `static void put(char *to, char *from, unsigned n) { copy(to, from, «n»); } void f(char *in) { ${IN} put(out, in, wire_u32()); }`,
    'take it where it matters, checked by the caller': `static void put(char *to, char *from, unsigned n) { copy(to, from, n); } void f(char *in) { ${IN} unsigned n = wire_u32(); if (n > 64) return; put(out, in, n); }`,
    'take it where it matters, checked by themselves': `static void put(char *to, char *from, unsigned n) { if (n > 64) return; copy(to, from, n); } void f(char *in) { ${IN} put(out, in, wire_u32()); }`,
    'take a struct with it': `static void put(struct h *h, char *in) { ${IN} copy(out, in, «h->len»); } void f(char *in) { struct h h; wire(&h, 8); put(&h, in); }`,
    'take a struct that the caller has checked': `static void put(struct h *h, char *in) { ${IN} copy(out, in, h->len); } void f(char *in) { struct h h; wire(&h, 8); if (h.len > 64) return; put(&h, in); }`,
    'take it over two more': `static void c(char *in, unsigned n) { ${IN} copy(out, in, «n»); } static void b(char *in, unsigned n) { c(in, n); } static void a(char *in, unsigned n) { b(in, n); } void f(char *in) { a(in, wire_u32()); }`,
    'write it through a pointer': `static void fetch(unsigned *n) { *n = wire_u32(); } void f(char *in) { ${IN} unsigned n; fetch(&n); copy(out, in, «n»); }`,
    'write it into a field': `struct h { unsigned a, b; }; static void fetch(struct h *h) { h->a = wire_u32(); } void f(char *in) { ${IN} struct h h = {0}; fetch(&h); copy(out, in, h.b); copy(out, in, «h.a»); }`,
    'fill a buffer that they are given': `static int fetch(char *b, int n) { return wire(b, n); } void f(char *in) { ${IN} char b[4]; fetch(b, 4); copy(out, in, «b[1]»); }`,
    'answer yes only for what is small enough': `static int fits(unsigned n) { return n <= 64; } void f(char *in) { ${IN} unsigned n = wire_u32(); if (!fits(n)) return; copy(out, in, n); }`,
    'answer yes for what is too large': `static int large(unsigned n) { return n > 64; } void f(char *in) { ${IN} unsigned n = wire_u32(); if (!large(n)) return; copy(out, in, «n»); }`,
    'answer no for what is too large': `static int large(unsigned n) { return n > 64; } void f(char *in) { ${IN} unsigned n = wire_u32(); if (large(n)) return; copy(out, in, n); }`,
    'answer with a negative number': `static int check(unsigned n) { if (n > 64) return -1; return 0; } void f(char *in) { ${IN} unsigned n = wire_u32(); if (check(n) < 0) return; copy(out, in, n); }`,
    'answer with a negative number that nobody looks at': `static int check(unsigned n) { if (n > 64) return -1; return 0; } void f(char *in) { ${IN} unsigned n = wire_u32(); check(n); copy(out, in, «n»); }`,
    'answer with a name': `static int check(unsigned n) { if (n > 64) return ERR_SIZE; return ERR_OK; } void f(char *in) { ${IN} unsigned n = wire_u32(); if (check(n) != ERR_OK) return; copy(out, in, n); }`,
    'answer for a field of what they are given': `static int check(struct h *h) { return h->len <= 64; } void f(struct h *h, char *in) { ${IN} wire(h, 8); if (!check(h)) return; copy(out, in, h->len); }`,
    'answer through a variable that is looked at later': `static int check(unsigned n) { return n <= 64; } void f(char *in) { ${IN} unsigned n = wire_u32(); int ok = check(n); if (ok) copy(out, in, n); }`,
    'never come back': `static void fail(void) { die(); } void f(char *in) { ${IN} unsigned n = wire_u32(); if (n > 64) fail(); copy(out, in, n); }`,
    'call themselves': `static unsigned down(unsigned n, int k) { return k ? down(n, k - 1) : n; } void f(char *in) { ${IN} copy(out, in, «down(wire_u32(), 3)»); }`,
    'call each other': `static unsigned b(unsigned n); static unsigned a(unsigned n) { return n & 1 ? b(n) : n; } static unsigned b(unsigned n) { return a(n); } void f(char *in) { ${IN} copy(out, in, «a(wire_u32())»); }`,
    'are reached through a table of commands': `static void put(char *in, unsigned n) { ${IN} copy(out, in, «n»); }\nstatic const struct cmd { const char *name; void (*run)(char *, unsigned); } table[] = { { "put", put } };\nvoid f(char *in, int i) { table[i].run(in, wire_u32()); }`,
    'are reached through a struct of operations': `struct ops { void (*put)(char *, unsigned); };\nstatic void put(char *in, unsigned n) { ${IN} copy(out, in, «n»); }\nstatic const struct ops ops = { .put = put };\nvoid f(const struct ops *o, char *in) { o->put(in, wire_u32()); }`,
    'are handed over and called': `static void put(char *in, unsigned n) { ${IN} copy(out, in, «n»); }\nstatic void each(void (*cb)(char *, unsigned), char *in) { cb(in, wire_u32()); }\nvoid f(char *in) { each(put, in); }`,
  });

  marked('main.c', {
    'lie in other files': {
      'a.c': 'unsigned size_of(struct h *h) { return h->len; }',
      'b.c': 'void f(char *in) { char out[8]; struct h h; wire(&h, 8); put(out, in, size_of(&h)); }',
      'c.c': 'void put(char *to, char *from, unsigned n) { copy(to, from, «n»); }',
    },
    'of the same name in two files, each for its own': {
      'a.c':
        'static unsigned size(void) { return wire_u32(); } void f(char *in) { char out[8]; copy(out, in, «size()»); }',
      'b.c':
        'static unsigned size(void) { return 4; } void g(char *in) { char out[8]; copy(out, in, size()); }',
    },
    'check by a constant of a header': {
      'a.h': '#define MOST 8\n',
      'a.c':
        '#include "a.h"\nvoid f(char *in) { char out[MOST]; unsigned n = wire_u32(); if (n > MOST) return; copy(out, in, n); }',
    },
    'know the size of a field from a header': {
      'a.h': 'struct box { char room[8]; unsigned n; };\nvoid look_at(char *p) { look(p); run("x"); }',
      'a.c':
        '#include "a.h"\nvoid f(struct box *b, char *in) { unsigned n = wire_u32(); if (n > 16) return; copy(b->room, in, «n»); if (n > 8) return; copy(b->room, in, n); }',
    },
  });
});

describe('a text from outside in C', () => {
  const frame = (code: string): string =>
    `void f(char *own) { char in[32], cmd[64]; wire(in, sizeof in); ${code} }`;
  marked(
    'main.c',
    {
      'is run': 'run(«in»);',
      'is run from its middle': 'run(«in + 4»);',
      'is printed into a command': 'print(cmd, 64, "ping %s", in); run(«cmd»);',
      'is printed beside a command': 'print(cmd, 64, "ping %s", own); run(cmd);',
      'is printed as a number': 'print(cmd, 64, "sleep %d", in[0]); run(cmd);',
      'is printed as a number beside a text': 'print(cmd, 64, "sleep %d %s", 3, in); run(«cmd»);',
      'is quoted': 'run(quote(in));',
      'is read as a number': 'int n = number(in); print(cmd, 64, "sleep %d", n); run(cmd);',
      'is compared with what is allowed': 'if (same(in, "on") != 0) return; run(in);',
      'is compared with what is not allowed': 'if (same(in, "on") == 0) return; run(«in»);',
      'is compared with one of two': 'if (same(in, "on") && same(in, "off")) return; run(in);',
      'is compared and filled anew': 'if (same(in, "on") != 0) return; wire(in, 4); run(«in»);',
    },
    frame,
  );
});
