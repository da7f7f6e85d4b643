import { rule, type Call, type Expr, type Problem } from '../kit/index.js';
import { scanned } from '../kit/printf.js';

/** Words read without a limit into memory of the caller. The text of a literal is no input. */
function judge(format: Expr | undefined, source: Expr | undefined): Problem | false {
  if (!format || source?.value !== undefined) return false;
  const open = scanned(format)?.find(
    ({ letter, width, suppressed, allocates }) =>
      (letter === 's' || letter === '[') && width === undefined && !suppressed && !allocates,
  );
  if (!open) return false;
  const shown = open.letter === 's' ? '%s' : '%[…]';
  return { at: format, says: `${shown} has no width: a longer word is written past the end of its buffer` };
}

export default rule({
  id: 'unbounded-scan',
  title: 'scanf reads a word of any length',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [120, 787],
  why: 'Without a width, %s and %[ write as many characters as the input brings, whatever the size of the buffer.',
  attack:
    'Someone on the network or at the modem line answers with a field of some hundred characters where the parser expects ten. The stack behind the buffer is theirs: the device crashes at will, or runs what they sent.',
  instead:
    'Give every %s and %[ a width one below the size of its buffer, as in %31s for char name[32], and test the number of fields read.',

  c: {
    call: {
      scanf: ({ args }: Call) => judge(args[0], undefined),
      fscanf: ({ args }: Call) => judge(args[1], undefined),
      sscanf: ({ args }: Call) => judge(args[1], args[0]),
      vscanf: ({ args }: Call) => judge(args[0], undefined),
      vfscanf: ({ args }: Call) => judge(args[1], undefined),
      vsscanf: ({ args }: Call) => judge(args[1], args[0]),
      wscanf: ({ args }: Call) => judge(args[0], undefined),
      fwscanf: ({ args }: Call) => judge(args[1], undefined),
      swscanf: ({ args }: Call) => judge(args[1], args[0]),
    },
  },

  bad: [
    { c: 'int parse(const char *line) { char name[16]; int n; return sscanf(line, «"%s %d"», name, &n); }' },
    {
      c: '#define REPLY "+CSQ: %d,%[^,]"\nint parse(const char *line) { char word[8]; int n; return sscanf(line, «REPLY», &n, word); }',
    },
    { c: 'void ask(void) { char pin[5]; scanf(«"%4d" "%s"», &count, pin); }' },
    {
      c: 'static const char format[] = "host=%s";\nint load(FILE *f, char *host) { return fscanf(f, «format», host); }',
    },
  ],
  good: [
    { c: 'int parse(const char *line) { char name[16]; return sscanf(line, "%15s", name); }' },
    { c: 'int parse(const char *line) { int n; return sscanf(line, "%*s %d%%s", &n); }' },
    { c: 'int parse(const char *line) { char *name; return sscanf(line, "%ms %15[a-z]", &name, word); }' },
    { c: 'void greet(const char *who) { printf("%s", who); }' },
    {
      c: 'int parse(const char *line, const char *format) { char name[16]; return sscanf(line, format, name); }',
    },
  ],
});
