import { rule, type Answer, type Call, type ProductView } from '../kit/index.js';

// Audit: the folder of most devices belongs to one program alone, and the code does not say so.

/** What asks about a name, and at which position. */
const ASKS: Readonly<Record<string, number>> = {
  access: 0,
  faccessat: 1,
  stat: 0,
  lstat: 0,
  stat64: 0,
  lstat64: 0,
};
/** What then works with whatever lies under that name. */
const USES: Readonly<Record<string, number>> = {
  open: 0,
  open64: 0,
  openat: 1,
  fopen: 0,
  fopen64: 0,
  freopen: 0,
  opendir: 0,
  chmod: 0,
  chown: 0,
  lchown: 0,
  unlink: 0,
  remove: 0,
  rename: 0,
  rmdir: 0,
  truncate: 0,
  execv: 0,
  execve: 0,
  dlopen: 0,
};

function text(call: Call, positions: Readonly<Record<string, number>>): string | undefined {
  const path = call.args[positions[call.callee] ?? 0];
  return path && path.kind !== 'null' ? path.text : undefined;
}

function* byName(product: ProductView): Generator<Answer> {
  const uses = Object.keys(USES).flatMap((name) => product.calls(name));
  for (const asked of Object.keys(ASKS).flatMap((name) => product.calls(name))) {
    const path = text(asked, ASKS);
    const inside = asked.inside?.at;
    if (path === undefined || !inside) continue;
    const same = uses
      .filter(({ at, inside: other }) => at.file === asked.at.file && other?.at.start === inside.start)
      .filter((use) => text(use, USES) === path && use.at.start !== asked.at.start)
      .sort((a, b) => a.at.start - b.at.start);
    // What was opened before is asked by name instead of by its descriptor.
    const use =
      same.find(({ at }) => at.start > asked.at.start) ?? same.find(({ callee }) => callee.includes('open'));
    if (use)
      yield {
        at: asked.calleeAt,
        says: `${path} is asked about by name here and used by name in ${use.callee}: in between another process can put something else there`,
        path: [
          { at: asked.at, says: 'is asked about' },
          { at: use.at, says: 'is used' },
        ].sort((a, b) => a.at.start - b.at.start),
      };
  }
}

export default rule({
  id: 'file-race',
  title: 'File is checked by name, then used by name',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.6-7'],
  cwe: [367, 363],
  why: 'A name is looked up anew each time. What was checked and what is used are the same file only if nobody changed the folder in between.',
  attack:
    'Someone with a foothold in a service without rights lets the root service check a harmless file, and swaps it for a link to the password file before the service opens it. The check was right, and the wrong file is written.',
  instead:
    'Open first, with O_NOFOLLOW, and ask about what is open: fstat, fchmod, fchown. To know whether one may open, try it.',

  c: { product: { needs: [...Object.keys(ASKS), ...Object.keys(USES)], judge: byName } },

  bad: [
    {
      c: 'int f(const char *path) { if («access»(path, W_OK) != 0) return -1; return open(path, O_WRONLY); }',
    },
    {
      c: 'int f(const char *path) { struct stat st; if («lstat»(path, &st) < 0 || !S_ISREG(st.st_mode)) return -1; FILE *in = fopen(path, "r"); return use(in); }',
    },
    {
      c: 'int f(const char *path) { struct stat st; int fd = open(path, O_RDONLY); if (fd < 0) return -1; if («stat»(path, &st) != 0) return -1; return fd; }',
    },
    { c: 'void f(struct job *job) { if («access»(job->out, F_OK) == 0) unlink(job->out); }' },
  ],
  good: [
    {
      c: 'int f(const char *path) { struct stat st; int fd = open(path, O_RDONLY | O_NOFOLLOW); if (fd < 0) return -1; if (fstat(fd, &st) != 0) return -1; return fd; }',
    },
    {
      c: 'int f(const char *a, const char *b) { if (access(a, R_OK) != 0) return -1; return open(b, O_RDONLY); }',
    },
    { c: 'bool exists(const char *path) { struct stat st; return stat(path, &st) == 0; }' },
    {
      c: 'bool exists(const char *path) { return access(path, F_OK) == 0; }\nint f(const char *path) { return open(path, O_RDONLY); }',
    },
  ],
});
