/** `npm run new-rule -- <heading> <rule-id>`: writes a rule file with everything to fill in. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rules = join(dirname(fileURLToPath(import.meta.url)), '../rules');
const [number = '', id = ''] = process.argv.slice(2);
const heading = Number(number);
const folder = readdirSync(rules).find((name) => name.startsWith(`${String(heading).padStart(2, '0')}-`));

if (!folder || !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
  console.error('usage: npm run new-rule -- <heading 1-13> <rule-id in kebab-case that names the defect>');
  process.exit(2);
}
const path = join(rules, folder, `${id}.ts`);
if (existsSync(path)) {
  console.error(`${path} exists already`);
  process.exit(2);
}
writeFileSync(
  path,
  `import { rule } from '../kit/index.js';

export default rule({
  id: '${id}',
  title: 'What is wrong, in four words',
  severity: 'warning',
  heading: ${String(heading)},
  provisions: ['5.${String(heading)}-1'],
  cwe: [],
  why: 'What it breaks, in one sentence.',
  attack: 'Who, with what, does what, and gets what.',
  instead: 'What to do.',

  c: {
    call: {
      dangerous_function: (call) => ({ at: call.calleeAt, says: 'dangerous_function is dangerous because of this' }),
    },
  },

  bad: [{ c: 'void f(void) { «dangerous_function»(1); }' }],
  good: [{ c: 'void f(void) { safe_function(1); }' }],
});
`,
);
console.log(`wrote ${path}; next: npm run generate, then npm run examples -- ${id}`);
