import { rule } from '../kit/index.js';

/** Services that take logins or files in the clear, by port. */
const PORTS: Readonly<Record<string, string>> = {
  '21': 'FTP',
  '23': 'Telnet',
  '69': 'TFTP',
  '512': 'rexec',
  '513': 'rlogin',
};

export default rule({
  id: 'cleartext-admin-service',
  title: 'Telnet, FTP or TFTP server',
  severity: 'error',
  heading: 6,
  provisions: ['5.6-1', '5.6-5', '5.5-7'],
  cwe: [319, 1327],
  why: 'These servers take logins and files in the clear, TFTP without any login; they are the first thing that scanners try.',
  attack:
    'A bot that scans the network finds port 23 and tries sixty well-known passwords, or reads the right one from the air. It has a shell, and the device joins an attack on others the same minute.',
  instead:
    'Leave the service out of what is sold, or offer SSH or an HTTPS interface with keys of the device’s own.',

  c: {
    setting: {
      'service.cleartext': ({ value }) => ({
        at: value,
        says: `${value.text} opens a service that anyone on the network can read along or use`,
      }),
      'process.command': ({ value }) => {
        const daemon = /(?:^|[\s;&|/])((?:u?telnet|ftp|tftp|vsftp|rlogin|rsh)d)\b/.exec(
          value.value ?? '',
        )?.[1];
        return (
          daemon !== undefined && {
            at: value,
            says: `${daemon} takes logins in the clear from anyone on the network`,
          }
        );
      },
    },
    thing: {
      'struct sockaddr_in': ({ fields }) => {
        const port = fields.get('sin_port');
        const address = fields.get('sin_addr.s_addr') ?? fields.get('sin_addr');
        const number = port?.call?.callee === 'htons' ? port.call.args[0]?.value : undefined;
        const name = PORTS[number ?? ''];
        const any =
          address?.names.includes('INADDR_ANY') === true ||
          address?.call?.args[0]?.names.includes('INADDR_ANY') === true;
        return (
          port &&
          name !== undefined &&
          any && {
            at: port,
            says: `port ${number ?? ''} is ${name}: logins and commands cross the network in the clear`,
          }
        );
      },
    },
  },

  bad: [
    { c: 'void app(void) { «tftp_init_server»(&handlers); }' },
    {
      c: '#define SHELL_PORT 23\nint serve(int s) { struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY), .sin_port = «htons(SHELL_PORT)» }; return bind(s, (struct sockaddr *)&a, sizeof a); }',
    },
    {
      c: 'int serve(int s) { struct sockaddr_in a; a.sin_family = AF_INET; a.sin_addr.s_addr = INADDR_ANY; a.sin_port = «htons(21)»; return bind(s, (struct sockaddr *)&a, sizeof(a)); }',
    },
    { c: '#define DEBUG_LOGIN "/usr/sbin/telnetd -l /bin/sh"\nvoid f(void) { system(«DEBUG_LOGIN»); }' },
  ],
  good: [
    {
      c: 'int serve(int s) { struct sockaddr_in a = { .sin_addr.s_addr = htonl(INADDR_ANY), .sin_port = htons(8883) }; return bind(s, (struct sockaddr *)&a, sizeof a); }',
    },
    {
      c: 'int fetch(int s, uint32_t server) { struct sockaddr_in a = { .sin_addr.s_addr = server, .sin_port = htons(69) }; return connect(s, (struct sockaddr *)&a, sizeof a); }',
    },
    { c: 'void f(void) { system("killall telnet-filter"); tftp_init_client(&handlers); }' },
  ],
});
