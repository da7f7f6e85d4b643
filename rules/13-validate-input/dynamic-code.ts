import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

/** Text that is fixed here cannot be put in from outside. */
const fixed = (code: Expr): boolean => code.value !== undefined || code.func !== undefined;

const last = ({ args }: Call): Answer => {
  const code = args.at(-1);
  return (
    code !== undefined &&
    args.every((argument) => argument.text !== '...') &&
    !fixed(code) && {
      at: code,
      says: `${code.text} is run as code: whoever can change it can do all that this process can`,
    }
  );
};

export default rule({
  id: 'dynamic-code',
  title: 'Text is run as code',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.6-6'],
  cwe: [95],
  why: 'Between data and code there is then only the hope that nobody sends the wrong text.',
  attack:
    'Someone sends the gateway a formula, a filter or a device description in which a call to child_process hides. The gateway evaluates it with all its rights, and the sender has a shell.',
  instead:
    'JSON.parse for data, a table of functions for commands, a small parser for formulas. A vm context is no protection from hostile code.',

  ts: {
    call: { eval: last, Function: last },
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['code'],
      says: ({ kind }, { text }) =>
        `${text} comes from ${kind} and is run as code: whoever sends it can do all that this process can`,
    },
  },

  bad: [
    { ts: 'export const run = (formula: string) => eval(«formula»);' },
    { ts: "export function make(body: string) { return new Function('value', «`return ${body}`»); }" },
    {
      ts: "import express from 'express'; import vm from 'node:vm';\nexpress().post('/rule', (req, res) => { res.json(vm.runInNewContext(«req.body.rule», { level: 1 })); });",
    },
    {
      ts: "import mqtt from 'mqtt'; import { Script } from 'node:vm';\nmqtt.connect('mqtts://h').on('message', (topic, payload) => { new Script(«payload.toString()»).runInThisContext(); });",
    },
  ],
  good: [
    {
      ts: "import express from 'express'; import vm from 'node:vm';\nconst RULES = ['level > 3', 'level < 3'];\nexpress().post('/rule', (req, res) => { const { rule } = req.body; «guard: if (!RULES.includes(rule)) return res.end();» res.json(vm.runInNewContext(rule, { level: 1 })); });",
    },
    {
      ts: "import vm from 'node:vm'; import { readFileSync } from 'node:fs';\nvm.runInThisContext(readFileSync('/app/rules.js', 'utf8'));",
    },
    { ts: "const load = eval('require');" },
    { ts: "const root = new Function('return this')();" },
    { ts: 'export const run = (formula: string) => JSON.parse(formula);' },
    { ts: "import { eval as value } from './mathematics'; value(formula);" },
  ],
});
