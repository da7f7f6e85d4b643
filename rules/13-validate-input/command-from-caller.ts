import { rule, type Answer, type Call } from '../kit/index.js';

/** The command is a parameter: whoever calls decides what the shell runs. */
function judge({ args: [command], inside, callee }: Call): Answer {
  return (
    command?.kind === 'name' &&
    command.value === undefined &&
    inside?.params.includes(command.text) === true && {
      at: command,
      says: `${command.text} is what callers of ${inside.name} hand over, and ${callee} lets a shell run it: each of them must know that`,
    }
  );
}

// Audit: that all callers hand over fixed commands is known where they are known.
export default rule({
  id: 'command-from-caller',
  title: 'A function runs whatever command it is given',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [78],
  why: 'A helper that runs commands makes each of its callers a place where a text from outside may reach the shell.',
  attack:
    'Someone finds one caller among many that puts a host name from the set-up page into the command. A name such as "x; telnetd" then runs as the user of the device, mostly root.',
  instead:
    'Take the program and its arguments apart, as in int run(const char *const argv[]), and start it with execve or posix_spawn: no shell reads them.',

  c: { call: { system: judge, popen: judge } },

  bad: [
    { c: 'int run(const char *command) { return system(«command»); }' },
    { c: 'FILE *ask(char *line) { return popen(«line», "r"); }' },
  ],
  good: [
    { c: 'int up(void) { return system("ifconfig eth0 up"); }' },
    {
      c: 'int up(const char *name) { const char *line = "ifconfig eth0 up"; return name ? system(line) : 0; }',
    },
  ],
});
