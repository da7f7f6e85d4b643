import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'mqtt-reconnect-disabled',
  title: 'MQTT connection that never comes back',
  severity: 'warning',
  in: 'audit',
  heading: 9,
  provisions: ['5.9-1', '5.9-2'],
  cwe: [754],
  why: 'Routers restart and brokers are updated. A client that does not reconnect stays silent until somebody pulls its plug.',
  attack:
    'A burglar cuts the power of the router for a minute, or jams the Wi-Fi. The router is back, the alarm gateway is not: nothing reports the door that opens afterwards.',
  instead:
    'Leave reconnectPeriod at a second or more; where you reconnect by yourself, wait longer each time and add a random part.',

  any: {
    setting: {
      'mqtt.reconnect': ({ value, means, spelling }) => {
        if (means === 'on')
          return { at: value, shows: 'The MQTT client reconnects by itself', provision: '5.9-1' };
        const on = spelling('on');
        return (
          means === 'off' && {
            at: value,
            says: 'after the first interruption this client stays away until something else reconnects it',
            ...(on !== undefined && { fixes: [suggest(value, on, 'Reconnect after a second')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example', { reconnectPeriod: «0» });",
      becomes: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example', { reconnectPeriod: 1000 });",
    },
    {
      ts: "import { connectAsync, IClientOptions } from 'mqtt';\nconst NEVER = 0;\nconst options: IClientOptions = {};\noptions.reconnectPeriod = «NEVER»;\nawait connectAsync(url, options);",
    },
  ],
  good: [
    {
      ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example', { reconnectPeriod: 5000 });",
      shows: '5.9-1',
    },
    { ts: "import mqtt from 'mqtt'; mqtt.connect('mqtts://broker.example', { reconnectPeriod: period });" },
    { ts: "import { connect } from './radio'; connect('mqtts://broker.example', { reconnectPeriod: 0 });" },
  ],
});
