import { rule } from '../kit/index.js';

export default rule({
  id: 'mosquitto-anonymous',
  title: 'Broker lets everybody in',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-3', '5.5-4', '5.5-5'],
  cwe: [306],
  why: 'Whoever reaches the port of the broker may read every topic and send commands to every device.',
  attack:
    'Someone on the same network connects with any MQTT client and no password. They subscribe to all topics, see when nobody is at home, and publish the message that opens the garage door.',
  instead:
    'Set allow_anonymous false with a password_file or client certificates, and an acl_file that keeps each client to its own topics.',

  any: {
    option: {
      'mosquitto:allow_anonymous': (option) =>
        option.value === 'true'
          ? {
              at: option,
              says: 'the broker asks nobody for a name or password: whoever reaches it reads and commands all devices',
              fixes: [{ title: 'Require a login', edits: [option.set('false')], safe: false }],
            }
          : { at: option, shows: 'The broker refuses clients without a login', provision: '5.5-4' },
    },
  },

  bad: [
    {
      files: { 'mosquitto.conf': 'listener 1883\n«allow_anonymous true»\n' },
      becomes: 'listener 1883\nallow_anonymous false\n',
    },
    { files: { 'docker/mosquitto-home.conf': '  «allow_anonymous true»\nlistener 1883 0.0.0.0\n' } },
  ],
  good: [
    {
      files: {
        'mosquitto.conf': 'listener 8883\nallow_anonymous false\npassword_file /etc/mosquitto/passwd\n',
      },
      shows: '5.5-4',
    },
    { files: { 'mosquitto.conf': '# allow_anonymous true\nlistener 8883\n' } },
    { files: { '.env': 'allow_anonymous=true\n' } },
  ],
});
