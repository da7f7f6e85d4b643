import { repair, rule, suggest } from '../kit/index.js';

/** `sizeof x` and `sizeof(x)` are both the size of `x`. */
function sizedBy(text: string): string {
  return text.replace(/^sizeof\s*/, '').replace(/^\(\s*(.*?)\s*\)$/s, '$1');
}

export default rule({
  id: 'strncat-size',
  title: 'strncat is given the size of the whole buffer',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [787, 193],
  why: 'The third argument of strncat says how much may be added, not how large the buffer is, and the terminator comes on top.',
  attack:
    'Someone sends a text that fills the buffer to its end. What was in the buffer before pushes the same number of characters past it, into the variables behind, and these then hold what the sender wrote.',
  instead: 'strncat(d, s, sizeof(d) - strlen(d) - 1), or strlcat(d, s, sizeof(d)).',

  c: {
    state: {
      'whole-room-added': ({ at, text, by }) => ({
        at,
        says: `${text} is the size of the whole buffer and ignores what it already holds: ${by} writes past its end`,
      }),
    },
    call: {
      strncat: ({ args: [target, , size] }) => {
        if (!target || !size) return;
        const whole = size.kind === 'sizeof' && sizedBy(size.text) === target.text;
        const [left, right] = size.parts;
        const almost =
          size.kind === 'binary' &&
          size.operator === '-' &&
          left?.kind === 'sizeof' &&
          sizedBy(left.text) === target.text &&
          right?.kind === 'call' &&
          right.call?.args[0]?.text === target.text &&
          /^strn?len\b/.test(right.text);
        const room = `sizeof(${target.text}) - strlen(${target.text}) - 1`;
        return (
          (whole || almost) && {
            at: size,
            says: whole
              ? `${size.text} ignores what ${target.text} already holds: strncat writes past its end`
              : `${size.text} leaves no room for the terminator: strncat writes one byte past ${target.text}`,
            // Naming the target twice more is only the same where naming it does nothing else.
            fixes: [
              (/^(name|member)$/.test(target.kind) ? repair : suggest)(
                size,
                room,
                'Say how much room is left',
              ),
            ],
          }
        );
      },
    },
  },

  bad: [
    { c: '#define SIZE 32\nvoid f(const char *s) { char d[SIZE] = "a"; strncat(d, s, «SIZE»); }' },
    {
      c: 'void f(const char *s) { char d[32] = "a"; strncat(d, s, «sizeof(d)»); }',
      becomes: 'void f(const char *s) { char d[32] = "a"; strncat(d, s, sizeof(d) - strlen(d) - 1); }',
    },
    {
      c: 'void f(struct msg *m, const char *s) { strncat(m->text, s, «sizeof m->text - strlen(m->text)»); }',
      becomes:
        'void f(struct msg *m, const char *s) { strncat(m->text, s, sizeof(m->text) - strlen(m->text) - 1); }',
    },
  ],
  good: [
    { c: '#define SIZE 32\nvoid f(const char *s) { char d[SIZE] = "a"; strncat(d, s, SIZE«guard:  - 2»); }' },
    { c: 'void f(const char *s) { char d[32] = "a"; strncat(d, s, sizeof(d) - strlen(d) - 1); }' },
    { c: 'void f(const char *s) { char d[32]; d[0] = 0; strncat(d, s, sizeof(d) - 1); }' },
    { c: 'void f(char *d, struct part p) { strncat(d, p.text, sizeof(p.text)); }' },
    { c: 'void f(const char *s) { char d[32]; strlcat(d, s, sizeof(d)); }' },
  ],
});
