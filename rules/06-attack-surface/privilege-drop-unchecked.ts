import { rule, type Answer, type Call, type Fix } from '../kit/index.js';

const DROPS = [
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setreuid',
  'setregid',
  'setresuid',
  'setresgid',
  'setgroups',
  'initgroups',
  'chroot',
  'cap_set_proc',
] as const;

function judge(call: Call): Answer {
  if (
    call.result === 'checked' &&
    (call.callee === 'setuid' || call.callee === 'setresuid') &&
    call.args[0]?.value !== '0'
  )
    return { at: call.calleeAt, shows: 'gives up its rights and checks that it did', provision: '5.6-7' };
  if (call.result !== 'no') return;
  const text = `${call.callee}(${call.args.map((argument) => argument.text).join(', ')})`;
  const fix: Fix = {
    title: 'Stop when rights are not given up',
    edits: [{ at: call.at, text: `if (${text} != 0) abort()` }],
    safe: false,
  };
  return {
    at: call.calleeAt,
    says: `${call.callee} can fail, and the program then goes on with the rights it meant to give up`,
    fixes: [fix],
  };
}

export default rule({
  id: 'privilege-drop-unchecked',
  formerly: ['setuid-unchecked'],
  title: 'Rights are given up without a look whether it worked',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-7'],
  cwe: [273, 252],
  why: 'These calls fail under resource limits and in containers; what follows then runs as root although the code says otherwise.',
  attack:
    'Someone takes over a network service of the device through another fault, expecting the rights of a nobody. The call that should have taken root away had failed unnoticed, and the whole device is theirs.',
  instead: 'Test every result and exit on failure; drop groups first, then the group, then the user.',

  c: { call: Object.fromEntries(DROPS.map((name) => [name, judge])) },

  bad: [
    {
      c: 'void drop(void) { «setgid»(100); «setuid»(getuid()); serve(); }',
      becomes:
        'void drop(void) { if (setgid(100) != 0) abort(); if (setuid(getuid()) != 0) abort(); serve(); }',
    },
    {
      c: '#define BECOME(u) setuid(u)\nint main(void) { struct passwd *nobody = getpwnam("nobody"); «BECOME»(nobody->pw_uid); return serve(); }',
    },
    {
      c: 'void jail(void) { «chroot»("/var/empty"); chdir("/"); serve(); }',
      becomes: 'void jail(void) { if (chroot("/var/empty") != 0) abort(); chdir("/"); serve(); }',
    },
  ],
  good: [
    {
      c: 'int drop(void) { if (setgroups(0, NULL) != 0 || setgid(100) != 0 || setuid(100) != 0) return -1; return 0; }',
      shows: '5.6-7',
    },
    { c: 'int drop(uid_t uid) { int rc = setuid(uid); return rc; }' },
    { c: 'int drop(uid_t uid) { return seteuid(uid); }' },
    { c: 'void drop(void) { if (chroot("/var/empty") < 0 || chdir("/") < 0) exit(1); serve(); }' },
  ],
});
