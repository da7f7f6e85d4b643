import { rule, type Answer, type Call, type Fix } from '../kit/index.js';

const CREATE = ['xTaskCreate', 'xTaskCreatePinnedToCore', 'xTaskCreateWithCaps'] as const;

function judge(call: Call): Answer {
  if (call.result !== 'no') return;
  const text = `${call.callee}(${call.args.map((argument) => argument.text).join(', ')})`;
  const fix: Fix = {
    title: 'Stop when the task cannot be made',
    edits: [{ at: call.at, text: `if (${text} != pdPASS) abort()` }],
    safe: false,
  };
  return {
    at: call.calleeAt,
    says: `${call.callee} fails when memory runs out, and the device then runs without ${call.args[1]?.text ?? 'the task'}`,
    ...(text.length < 180 && { fixes: [fix] }),
  };
}

export default rule({
  id: 'task-create-unchecked',
  title: 'Task may be missing and nobody notices',
  severity: 'info',
  in: 'strict',
  heading: 9,
  provisions: ['5.9-1'],
  cwe: [252, 754],
  why: 'A task that could not be made leaves a device that looks alive but no longer does one of its jobs.',
  attack:
    'Someone uses up memory with half-open connections while the device starts. The task that watches for updates or for smoke is never made, and nothing tells the owner.',
  instead: 'Test for pdPASS and restart on failure, or make tasks statically, which cannot fail.',

  c: { call: Object.fromEntries(CREATE.map((name) => [name, judge])) },

  bad: [
    {
      c: 'void app_main(void) { «xTaskCreate»(net_task, "net", 4096, NULL, 5, NULL); }',
      becomes:
        'void app_main(void) { if (xTaskCreate(net_task, "net", 4096, NULL, 5, NULL) != pdPASS) abort(); }',
    },
    {
      c: '#define START xTaskCreatePinnedToCore\nvoid f(void) { «START»(net_task, "net", 4096, NULL, 5, NULL, 1); }',
    },
  ],
  good: [
    { c: 'void f(void) { if (xTaskCreate(net_task, "net", 4096, NULL, 5, NULL) != pdPASS) esp_restart(); }' },
    {
      c: 'void f(void) { BaseType_t made = xTaskCreate(net_task, "net", 4096, NULL, 5, NULL); configASSERT(made == pdPASS); }',
    },
    { c: 'void f(void) { xTaskCreateStatic(net_task, "net", 512, NULL, 5, stack, &tcb); }' },
  ],
});
