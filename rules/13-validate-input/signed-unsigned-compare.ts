import { rule, type FlowEvent, type Answer } from '../kit/index.js';

// Audit: that a length is never negative is often known to callers alone, and a comparison with sizeof, which is
// unsigned, stops negative numbers by accident.
const judge = ({ at, text, by, role, path }: FlowEvent): Answer => ({
  at,
  says: `${text} is signed, and only its upper end was compared: below zero it is a very large ${by === '' ? (role === 'an index' ? 'index' : 'number') : `size for ${by}`} (${role ?? 'a length'})`,
  path,
});

const UNSIGNED = /^(size_t|unsigned( int| long| short| char)?|uint(8|16|32|64)?_t|u?int(8|16|32|64)_t)$/;

export default rule({
  id: 'signed-unsigned-compare',
  title: 'Only the upper end of a signed length is checked',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [195, 839, 697],
  why: 'A negative number passes every "not too large", and becomes the largest of all where a size is expected.',
  attack:
    'Someone sends a length of minus one. It is smaller than the limit, so that the check lets it pass, and memcpy takes it for four gigabytes.',
  instead: 'Declare lengths as size_t, or ask for both ends: if (len < 0 || len > LIMIT) return.',

  c: {
    state: { 'signed-length': judge },
    shape: [
      {
        pattern:
          '((function_definition body: (compound_statement (declaration type: (_) @type declarator: (identifier) @declared) (if_statement condition: (parenthesized_expression (binary_expression left: (identifier) @compared operator: ["<" "<="] right: (number_literal) @zero) @test)))) (#eq? @declared @compared) (#eq? @zero "0"))',
        needs: ['size_t', 'unsigned', 'uint'],
        judge: ({ type, test, compared }) =>
          type &&
          test &&
          UNSIGNED.test(type.text) &&
          !type.text.startsWith('int') && {
            at: test,
            says: `${compared?.text ?? 'it'} is unsigned and never below zero: what the test is meant to stop passes it`,
          },
      },
    ],
  },

  bad: [
    {
      c: 'void f(char *to, const char *from) { unsigned size; int n = length(); if (n > 64) give_up(n); size = «n»; memcpy(to, from, «n»); use(size); }',
    },
    { c: 'int f(char *b, int len) { char k[80]; if (len > 80) return -1; memcpy(k, b, «len»); return 0; }' },
    { c: 'void f(char *to, char *from) { int n = length(); if (n <= 64) memmove(to, from, «n»); }' },
    { c: 'int f(void) { size_t n; n = read_it(); if («n < 0») return 1; return 0; }' },
  ],
  good: [
    {
      c: 'int f(char *b, int len) { char k[80]; «guard: if (len < 0) return -1;» if (len > 80) return -1; memcpy(k, b, len); return 0; }',
    },
    { c: 'int f(char *b, size_t len) { char k[80]; if (len > 80) return -1; memcpy(k, b, len); return 0; }' },
    {
      c: 'void f(char *to, char *from) { for (int i = 0; i < 8; i++) to[i] = from[i]; }',
    },
    { c: 'int f(void) { size_t n; n = read_it(); if (n > 0) return 1; return 0; }' },
  ],
});
