import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

/** A file of its own name in a folder where every process may make files. */
function shared(path: Expr | undefined): boolean {
  return /^\/(var\/)?tmp\/[^/]+$/.test(path?.value ?? '') && !/X{6}/.test(path?.value ?? '');
}

function says(path: Expr): string {
  return `${path.text} is a name that any other process can take first, with a link to a file of its choice`;
}

function guessed(call: Call): Answer {
  return {
    at: call.calleeAt,
    says: `${call.callee} gives a name, not a file: between the name and the open another process can take it`,
  };
}

export default rule({
  id: 'temp-file-predictable',
  title: 'Temporary file that others can take first',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-7'],
  cwe: [377, 379],
  why: 'In /tmp every process may make files; whoever makes the expected one first decides what is written or read.',
  attack:
    'Someone with a foothold in a service without rights puts a link named like the temporary file to /etc/shadow. The service that runs as root opens the name and overwrites the file behind it.',
  instead:
    'mkstemp or mkdtemp; or a folder under /run that belongs to the service; O_EXCL where the name must be fixed.',

  c: {
    call: {
      mktemp: (call) => call.args.length === 1 && guessed(call),
      tmpnam: guessed,
      tempnam: guessed,
      fopen: ({ args: [path, mode] }) =>
        path && shared(path) && /^[wa][^x]*$/.test(mode?.value ?? '') && { at: path, says: says(path) },
      open: ({ args: [path, flags] }) =>
        path &&
        shared(path) &&
        /\bO_CREAT\b/.test(flags?.text ?? '') &&
        !/\bO_(EXCL|NOFOLLOW)\b/.test(flags?.text ?? '') && { at: path, says: says(path) },
    },
  },

  bad: [
    { c: 'void f(void) { FILE *out = fopen(«"/tmp/update.sh"», "w"); use(out); }' },
    { c: '#define STATE "/tmp/state"\nint f(void) { return open(«STATE», O_WRONLY | O_CREAT, 0600); }' },
    {
      c: 'void f(void) { char name[] = "/tmp/devXXXXXX"; FILE *out = fopen(«mktemp»(name), "w"); use(out); }',
    },
    { c: 'FILE *f(void) { char name[L_tmpnam]; return fopen(«tmpnam»(name), "w+"); }' },
    { c: 'int f(void) { char path[] = "/tmp/state"; return open(«path», O_CREAT | O_RDWR, 0600); }' },
  ],
  good: [
    { c: 'int f(void) { char name[] = "/tmp/devXXXXXX"; return mkstemp(name); }' },
    { c: 'int f(void) { return open("/tmp/lock", O_WRONLY | O_CREAT | O_EXCL, 0600); }' },
    {
      c: 'void f(void) { use(fopen("/tmp/state", "r")); use(fopen("/tmp/device/state", "w")); use(fopen("/spiffs/tmp/x", "w")); }',
    },
    { c: 'FILE *f(void) { return tmpfile(); }' },
  ],
});
