import { rule, type Answer, type Call, type Expr } from '../kit/index.js';

/** Text that is fixed here cannot be put in from outside. */
const fixed = (code: Expr): boolean => code.value !== undefined || code.func !== undefined;

const last = ({ args, calleeAt }: Call): Answer => {
  const code = args.at(-1);
  return (
    code !== undefined &&
    args.every((argument) => argument.text !== '...') &&
    !fixed(code) && {
      at: calleeAt,
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

  ts: { call: { eval: last, Function: last } },

  bad: [
    { ts: 'export const run = (formula: string) => «eval»(formula);' },
    { ts: "export function make(body: string) { return new «Function»('value', `return ${body}`); }" },
  ],
  good: [
    { ts: "const load = eval('require');" },
    { ts: "const root = new Function('return this')();" },
    { ts: 'export const run = (formula: string) => JSON.parse(formula);' },
    { ts: "import { eval as value } from './mathematics'; value(formula);" },
  ],
});
