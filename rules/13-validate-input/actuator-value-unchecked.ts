import { rule } from '../kit/index.js';

const says = (
  source: { readonly kind: string },
  { text, callee }: { readonly text: string; readonly callee: string | undefined },
): string =>
  `${text} comes from ${source.kind} and is written by ${callee ?? 'the call'} without a limit: its sender decides how far the device goes`;
const flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
  to: ['a setpoint'],
  says,
};

// Audit: it never fired on the firmware it was tried on, and helpers that clamp to their parameters count as unchecked.
export default rule({
  id: 'actuator-value-unchecked',
  title: 'Remote value drives an output without a limit',
  severity: 'warning',
  in: 'audit',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.9-1'],
  cwe: [1284, 20],
  why: 'Heaters, motors and valves do what they are told; a number from outside that nothing limits moves them beyond what they and the people near them can bear.',
  attack:
    'Someone who guessed the password of the app publishes a target of 900 degrees instead of 21. The controller divides it into steps like any other target and writes it to the heat pump, which runs at full power until something gives way.',
  instead:
    'Compare the value with the range that makes sense for the plant, where it reaches the output: reject it, or clamp it and say so. Keep a second limit in the controller that no message can move.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      c: `void on_packet(int s) {
  uint8_t in[4];
  if (recv(s, in, sizeof in, 0) != 4) return;
  uint32_t duty = in[0] << 8 | in[1];
  ledc_set_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0, «duty»);
}`,
    },
    {
      c: `static void heat(const struct pwm_dt_spec *out, uint32_t percent) { pwm_set_pulse_dt(out, «out->period / 100 * percent»); }
void on_packet(int s, const struct pwm_dt_spec *out) { uint32_t n; zsock_recv(s, &n, sizeof n, 0); heat(out, ntohl(n)); }`,
    },
    {
      c: 'esp_err_t on_post(httpd_req_t *req) { char b[8] = {0}; httpd_req_recv(req, b, 7); return dac_output_voltage(DAC_CHANNEL_1, «atoi(b)»); }',
    },
    {
      ts: `import mqtt from 'mqtt'; import ModbusRTU from 'modbus-serial';
const bus = new ModbusRTU();
const client = mqtt.connect('mqtts://broker.example');
client.on('message', (topic, payload) => { void bus.writeRegister(40, «Number(payload)»); });`,
    },
    {
      ts: `import express from 'express'; import ModbusRTU from 'modbus-serial';
class Pump {
  private readonly bus = new ModbusRTU();
  async target(celsius: number) { await this.bus.writeRegister(40, «Math.round(celsius * 10)»); }
}
const pump: Pump = new Pump();
express().post('/target', (req, res) => { void pump.target(req.body.celsius); res.end(); });`,
    },
    {
      ts: `import express from 'express'; import { Gpio } from 'pigpio';
const motor = new Gpio(10);
express().get('/turn', (req, res) => { motor.servoWrite(«parseInt(String(req.query.to))»); res.end(); });`,
    },
  ],
  good: [
    {
      c: `void on_packet(int s) {
  uint8_t in[4];
  if (recv(s, in, sizeof in, 0) != 4) return;
  uint32_t duty = in[0] << 8 | in[1];
  «guard: if (duty > DUTY_MAX) return;»
  ledc_set_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0, duty);
}`,
    },
    {
      c: 'void on_packet(int s) { uint8_t in[1]; recv(s, in, 1, 0); ledc_set_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0, in[0] ? 1023 : 0); }',
    },
    {
      c: 'esp_err_t on_post(httpd_req_t *req) { char b[8] = {0}; httpd_req_recv(req, b, 7); return dac_output_voltage(DAC_CHANNEL_1, MIN(atoi(b), 200)); }',
    },
    {
      ts: `import express from 'express'; import ModbusRTU from 'modbus-serial';
const bus = new ModbusRTU();
express().post('/target', (req, res) => {
  const celsius = Number(req.body.celsius);
  «guard: if (!(celsius >= 5 && celsius <= 30)) return void res.sendStatus(400);»
  void bus.writeRegister(40, celsius * 10); res.end();
});`,
    },
    {
      ts: `import express from 'express'; import ModbusRTU from 'modbus-serial';
const bus = new ModbusRTU();
express().post('/target', (req, res) => { void bus.writeRegister(40, Math.min(30, Math.max(5, Number(req.body.celsius)))); res.end(); });`,
    },
    {
      ts: "import ModbusRTU from 'modbus-serial';\nconst bus = new ModbusRTU();\nexport const night = () => bus.writeRegister(40, 160);",
    },
  ],
});
