import { rule, suggest } from '../kit/index.js';

const SAYS =
  'the debugger listens on every interface and asks for no password: whoever connects runs code as this process';

export default rule({
  id: 'inspector-open',
  title: 'Debugger open to the network',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-4A', '5.6-1'],
  cwe: [489, 306],
  why: 'The inspector of Node has no log-in; reaching its port means running any code.',
  attack:
    'Someone on the Wi-Fi scans for port 9229, points the developer tools of an ordinary browser at the gateway and types the commands they like. They read its keys and switch what it switches.',
  instead:
    'Leave the inspector out of products; for work on a unit bind it to 127.0.0.1 and reach it through an SSH tunnel.',

  ts: {
    setting: {
      'debug.host': ({ value, means, spelling }) => {
        const local = spelling('local');
        return (
          means === 'open' && {
            at: value,
            says: SAYS,
            ...(local !== undefined && { fixes: [suggest(value, local, 'Listen on this machine only')] }),
          }
        );
      },
    },
    literal: [
      {
        needs: ['--inspect'],
        judge: (literal) =>
          /^--inspect(-brk|-wait)?=(0\.0\.0\.0|\[::\])(:\d+)?$/.test(literal.value ?? '') && {
            at: literal,
            says: SAYS,
          },
      },
    ],
  },
  any: {
    option: {
      'systemd:Service.ExecStart': (option) =>
        /\s--inspect(-brk|-wait)?=(0\.0\.0\.0|\[::\])/.test(option.value) && { at: option, says: SAYS },
    },
  },

  bad: [
    {
      ts: "import inspector from 'node:inspector'; inspector.open(9229, «'0.0.0.0'»);",
      becomes: "import inspector from 'node:inspector'; inspector.open(9229, '127.0.0.1');",
    },
    {
      ts: "import { fork } from 'node:child_process'; fork('./worker.js', [], { execArgv: [«'--inspect=0.0.0.0:9230'»] });",
    },
    {
      files: {
        'hub.service': '[Service]\n«ExecStart=/usr/bin/node --inspect=0.0.0.0:9229 /opt/hub/main.js»\n',
      },
    },
  ],
  good: [
    { ts: "import inspector from 'node:inspector'; inspector.open(9229, '127.0.0.1');" },
    { ts: "import inspector from 'node:inspector'; inspector.open();" },
    { ts: "const help = 'start with --inspect=0.0.0.0 to debug';" },
    { files: { 'hub.service': '[Service]\nExecStart=/usr/bin/node --inspect=127.0.0.1 /opt/hub/main.js\n' } },
  ],
});
