import { rule, type Answer } from '../kit/index.js';

const LOOP = '(assignment_expression right: (call_expression function: (identifier) @callee) @call)';

const inLoop = ({
  call,
  callee,
}: Readonly<Record<string, { at: { file: string; start: number; end: number }; text: string }>>): Answer =>
  call &&
  callee &&
  /^(__builtin_)?alloca$/.test(callee.text) && {
    at: call,
    says: `${call.text} takes more of the stack in each round, and nothing gives it back before the function ends`,
  };

export default rule({
  id: 'alloca-unbounded',
  title: 'Stack is taken as the sender or a loop says',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.9-1'],
  cwe: [770, 789, 1325],
  why: 'A task has a few kilobytes of stack and nothing watches its end: alloca and arrays of variable size never fail, they run into other memory.',
  attack:
    'Someone sends a message that says it has ten thousand entries. The device takes an array of that size from a stack of four kilobytes, and what it writes there lands in the memory of another task.',
  instead: 'A fixed array with a compared length, or malloc and a look at its result.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['a stack size'],
      says: (source, { text }) =>
        `${text} comes from ${source.kind} and is how much stack is taken, without an upper bound`,
    },
    shape: ['for_statement', 'while_statement', 'do_statement'].map((loop) => ({
      pattern: `(${loop} body: (compound_statement (expression_statement ${LOOP})))`,
      needs: ['alloca'],
      judge: inLoop,
    })),
  },

  bad: [
    { c: 'void f(int s) { uint16_t n; recv(s, &n, 2, 0); char b[«n»]; fill(b, n); }' },
    { c: 'void f(int s) { uint16_t n; recv(s, &n, 2, 0); char *b = alloca(«n»); fill(b, n); }' },
    { c: 'void f(int n) { char *p; for (int i = 0; i < n; i++) { p = «alloca(16)»; push(p); } }' },
  ],
  good: [
    {
      c: 'void f(int s) { uint16_t n; recv(s, &n, 2, 0); «guard: if (n > 64) return;» char b[n]; fill(b, n); }',
    },
    { c: 'void f(int s) { uint8_t n; recv(s, &n, 1, 0); char b[n]; fill(b, n); }' },
    { c: 'void f(int n) { char *p = alloca(16); for (int i = 0; i < n; i++) push(p); }' },
  ],
});
