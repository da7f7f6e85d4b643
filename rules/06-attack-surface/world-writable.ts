import { rule, suggest, type Expr } from '../kit/index.js';

/** True when a mode lets every user of the system write: by its bits, or by the names it is put together from. */
function forAll(mode: Expr, depth = 0): boolean {
  if (mode.value !== undefined && mode.literal === 'number')
    return /^\d+$/.test(mode.value) && (Number(mode.value) & 0o1002) === 2;
  if (mode.value !== undefined) return /^0?[0-7]{2}[2367]$/.test(mode.value);
  if (mode.names.some((name) => name === 'S_IWOTH' || name === 'S_IRWXO')) return true;
  return (
    mode.kind === 'binary' &&
    mode.operator === '|' &&
    depth < 8 &&
    mode.parts.some((part) => forAll(part, depth + 1))
  );
}

export default rule({
  id: 'world-writable',
  title: 'File that everybody may write',
  severity: 'warning',
  heading: 6,
  provisions: ['5.6-7', '5.4-1'],
  cwe: [732],
  why: 'With this mode any process of the device may change the file, whatever user it runs as.',
  attack:
    'Someone gets into the least important service, the one without rights. It may write this file, so they write a command or another server’s address into it and wait until a service with rights reads it.',
  instead:
    'Give the file to the one user that writes it: 0600 or 0640, 0700 or 0750 for a folder; umask(077) for a daemon.',

  any: {
    setting: {
      'file.mode': ({ value }) =>
        forAll(value) && {
          at: value,
          says: `${value.text} lets every process of the device change the file`,
        },
    },
  },
  c: {
    setting: {
      'file.umask': ({ value, means }) =>
        means === 'open' && {
          at: value,
          says: `umask(${value.text}) takes no right away: files that follow may be written by every process`,
          fixes: [suggest(value, '077', 'Keep new files to their owner')],
        },
      'process.command': ({ value }) =>
        /\bchmod\s+(-\w+\s+)*(0?777|0?666|a\+\w*w|o\+\w*w)\b/.test(value.value ?? '') && {
          at: value,
          says: `${value.text} lets every process of the device change the file`,
        },
    },
  },

  bad: [
    { c: 'void f(void) { chmod("/etc/device.conf", «0777»); }' },
    { c: 'void f(int fd) { fchmod(fd, «S_IRUSR | S_IWUSR | S_IWOTH»); }' },
    { c: '#define OPEN_MODE 0666\nvoid f(const char *path) { chmod(path, «OPEN_MODE»); }' },
    {
      c: 'int main(void) { umask(«0»); return serve(); }',
      becomes: 'int main(void) { umask(077); return serve(); }',
    },
    { c: 'void f(void) { system(«"chmod -R 777 /data"»); }' },
    { ts: "import { chmodSync } from 'node:fs'; chmodSync('/etc/device.conf', «0o777»);" },
  ],
  good: [
    { c: 'void f(void) { chmod("/etc/device.conf", 0640); chmod("/etc/motd", 0755); }' },
    { c: 'void f(int fd) { fchmod(fd, S_IRUSR | S_IWUSR | S_IROTH); }' },
    { c: 'int main(void) { umask(027); mkdir("/data", 0777); return serve(); }' },
    { c: 'void f(const char *path, mode_t mode) { chmod(path, mode); system("chmod 600 /data/key"); }' },
  ],
});
