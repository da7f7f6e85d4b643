/** The main job on the sample devices, as a newcomer sees it: findings, the checklist in brief, what to try next. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { catalogue } from '../rules/index.js';
import { checklistBrief } from '../server/src/checklist/text.js';
import { today, version, wasmFolder } from '../server/src/cli/about.js';
import { print, useColor } from '../server/src/cli/output.js';
import { NodeHost } from '../server/src/host/node.js';
import { toText } from '../server/src/report/text.js';
import { Session } from '../server/src/session.js';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '../test-fixtures');
const DEVICES = [
  { folder: 'thermostat-esp-idf', what: 'a Wi-Fi thermostat in C on ESP-IDF' },
  { folder: 'gateway-node', what: 'a home gateway in TypeScript on Node' },
  { folder: 'contact-zephyr', what: 'a window contact in C on Zephyr' },
];

const color = useColor(true);
const colors = createColors(color);
for (const { folder, what } of DEVICES) {
  const session = new Session(new NodeHost(join(fixtures, folder), wasmFolder()), {
    today: today(),
    version: version(),
  });
  await session.load({ whole: [''] });
  await session.settle();
  const report = session.report();
  const said = await session.declared();
  if ('problem' in said) throw new Error(said.problem);
  await print(`${colors.bold(colors.inverse(` ${folder} `))}  ${what}\n\n`);
  const { headings } = catalogue.standard;
  await print(
    toText(report, { color, edition: session.edition, headings, text: (file) => session.text(file) }),
  );
  await print(`\n${colors.bold('Checklist')} of ${folder} ${colors.dim('(TS 103 645 V1.1.1 / V3.1.1)')}\n\n`);
  await print(`${checklistBrief(session.checklist('.', report, undefined, said.declarations), color)}\n`);
}
await print(
  [
    colors.bold('Next'),
    '  npm start -- check PATH             check your own firmware; the exit status is 1 when there are findings',
    '  npm start -- check PATH --fix       apply what is safe to apply',
    '  npm start -- rules                  what is checked, heading by heading',
    '  npm start -- explain tls-verify-off why, how it is attacked, what to do instead',
    '  npm run package                     make the VS Code extension',
    '',
  ].join('\n'),
);
