import { rule, type Answer, type Expr } from '../kit/index.js';

/** `a && b && c`, in the order in which they are asked. */
function inOrder(condition: Expr): readonly Expr[] {
  return condition.operator === '&&' ? condition.parts.flatMap(inOrder) : [condition];
}

/** `(size_t)(p - start) < n` and `i < n`: what is kept below an end. */
const BELOW = /^\(*\s*(?:\([\w\s]+\)\s*\(?\s*)?(\w+)(?:\s*-\s*[\w.>-]+)?\s*\)*\s*<=?\s*[^<=]/;

/** `*p` and `b[i] != 0`: where a terminator is looked for, there mostly is one, and it may be read. */
const ENDS = /^\(*[^=<>&|]*?\)*(\s*!=\s*('\\0'|0|NULL))?\s*\)*$/;

/** Whether what the name points at, or the element it counts, is read there. */
function reads(text: string, name: string): boolean {
  return new RegExp(`(^|[(!&|=<>]\\s*)\\*\\s*${name}\\b(?!\\s*(->|\\.|\\[))|\\w\\[\\s*${name}\\s*\\]`).test(
    text,
  );
}

function judge(condition: Expr): Answer {
  const asked = inOrder(condition);
  const bounded = new Set<string>();
  for (const [at, each] of asked.entries()) {
    const name = BELOW.exec(each.text)?.[1];
    if (name === undefined || bounded.has(name)) continue;
    bounded.add(name);
    const read = asked.slice(0, at).filter(({ text }) => reads(text, name));
    const [early] = read.some(({ text }) => ENDS.test(text)) ? [] : read;
    if (early)
      return {
        at: early,
        says: `${early.text} reads at ${name} before ${each.text} says whether ${name} is still inside: one element behind the end is read`,
        path: [{ at: each.at, says: 'is asked too late' }],
      };
  }
  return undefined;
}

// Audit: five of six read in real code were right; a list whose last element has a name of its own looks the same.
export default rule({
  id: 'bound-checked-late',
  title: 'A loop reads first and asks for the end afterwards',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [125, 126],
  why: 'Conditions are asked from left to right: when the end is reached, the element behind it has been read already.',
  attack:
    'Someone sends a message that ends where the loop still looks for more. The byte behind the buffer is read: where memory ends there, the device crashes, else that byte decides how the parser goes on.',
  instead: "Ask for the end first: while (p < end && *p != '\"').",

  c: {
    shape: [
      {
        pattern:
          '(while_statement condition: (parenthesized_expression (binary_expression operator: "&&") @condition))',
        needs: ['while'],
        judge: ({ condition }) => condition && judge(condition),
      },
      {
        pattern: '(for_statement condition: (binary_expression operator: "&&") @condition)',
        needs: ['for'],
        judge: ({ condition }) => condition && judge(condition),
      },
    ],
  },

  bad: [
    { c: 'void f(const char *p, const char *end) { while («*p == 32» && p < end) p++; go_on(p); }' },
    {
      c: 'int f(const char *b, int n) { int i; for (i = 0; «b[i] != 10» && i < n; i++) take(b[i]); return i; }',
    },
    {
      c: 'void f(struct in *in) { const char *p = in->at; while ((«*p != 34») && ((size_t)(p - in->start) < in->length)) p++; go_on(p); }',
    },
  ],
  good: [
    { c: 'void f(const char *p, const char *end) { while (p < end && *p == 32) p++; go_on(p); }' },
    { c: 'void f(const char *p, int n, int max) { while (*p == 32 && n < max) { p++; n++; } go_on(p); }' },
    { c: 'void f(const char *p, const char *end) { while (*p && p < end) p++; go_on(p); }' },
    {
      c: "int f(const char *b, int n) { int i; for (i = 0; b[i] != '\\0' && i < n; i++) take(b[i]); return i; }",
    },
    { c: 'void f(const char *p, const char *end) { while (*p && *p != 58 && p < end) p++; go_on(p); }' },
    { c: 'void f(char *b, int n, int m) { for (int i = 0; i < n && b[i] != 10 && i < m; i++) take(b[i]); }' },
    { c: 'int f(struct job *j) { int n = 0; while (j->next != 0 && n < 8) n++; return n; }' },
  ],
});
