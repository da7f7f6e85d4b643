import { rule, type Answer, type Call } from '../kit/index.js';

/** The room is not known, and the size is that of the source. */
function sizedBySource({ args: [target, source, size], callee }: Call): Answer {
  if (!target || !source || size?.kind !== 'sizeof' || target.elements !== undefined) return;
  const measured = size.text.replace(/^sizeof\s*/, '').replace(/^\((.*)\)$/s, '$1');
  return (
    measured === source.text &&
    measured !== target.text && {
      at: size,
      says: `${size.text} is how large ${source.text} is: how much fits into ${target.text} is what ${callee} needs to be told`,
    }
  );
}

// Audit: that the text fits is often known to callers alone.
export default rule({
  id: 'unbounded-copy',
  title: 'Text of unknown length goes into a fixed buffer',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [120, 787, 131],
  why: 'strcpy, strcat and sprintf stop where the text ends, not where the buffer does; a size taken from the source bounds nothing either.',
  attack:
    'Someone finds a way to make a name, an address or an error text longer than its author thought of. It runs over the end of a local buffer and over the return address behind it.',
  instead: 'snprintf(target, sizeof target, "%s", text) or strlcpy, and refuse text that does not fit.',

  c: {
    call: { strncpy: sizedBySource, stpncpy: sizedBySource },
    state: {
      'unbounded-copy': ({ at, text, by, role, path }) => ({
        at,
        says: `${by} copies all of ${text} into ${role ?? 'a buffer'}, and nothing compares its length with the room there`,
        path,
      }),
      'copy-out-of-bounds': ({ at, text, by, path }) => ({
        at,
        says: `${text} is more than fits where ${by} writes`,
        path,
      }),
    },
  },

  bad: [
    {
      c: 'void f(struct hidden *to, struct info *from) { strncpy(to->name, from->name, «sizeof(from->name)»); }',
    },
    { c: 'void f(const char *s) { char b[32]; strcpy(b, «s»); use(b); }' },
    { c: 'void f(struct user *u) { char b[32]; b[0] = 0; strcat(b, «u->name»); use(b); }' },
    { c: 'void f(const char *s) { char b[32]; sprintf(b, "name=%s", «s»); use(b); }' },
    { c: 'void f(void) { char s[64], b[32]; fill(s); snprintf(b, «sizeof(s)», "%d", s[0]); use(b); }' },
    { c: 'void f(const char *s) { char b[32]; memcpy(b, s, «strlen(s)»); use(b); }' },
    { c: 'void f(void) { char b[8]; strcpy(b, «"thermostat"»); use(b); }' },
  ],
  good: [
    {
      c: 'struct a { char name[16]; }; struct b { char name[32]; };\nvoid f(struct b *to, struct a *from) { strncpy(to->name, from->name, sizeof(to->name)); }',
    },
    {
      c: 'void f(const char *s) { char b[32]; «guard: if (strlen(s) >= sizeof b) return;» strcpy(b, s); use(b); }',
    },
    { c: 'void f(const char *s) { char b[32]; sprintf(b, "%.20s %d", s, s[0]); use(b); }' },
    { c: 'void f(int on) { char b[8]; strcpy(b, on ? "on" : "off"); use(b); }' },
    { c: 'void f(const char *s) { char *b = malloc(strlen(s) + 1); if (b) strcpy(b, s); }' },
    { c: 'void f(char *b, const char *s) { strcpy(b, s); }' },
    { c: 'void f(void) { char s[16], b[32]; fill(s); strcpy(b, s); snprintf(b, sizeof(s), "%d", s[0]); }' },
  ],
});
