/** `skarp init` */
import { CONFIG_FILE } from '../project/jsonc.js';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { FEATURES, type Profile, missingFor } from '../checklist/features.js';
import { profileOf } from '../checklist/proposals.js';
import { NodeHost } from '../host/node.js';
import { parseConfig } from '../project/config.js';
import { withAnswers } from '../project/config-edit.js';
import { proposalsIn } from '../proposed.js';
import { wasmFolder } from './about.js';
import { Failure, STATUS } from './failure.js';
import { print, say, writeReport } from './output.js';
import { configText, productFolder } from './product-folder.js';

export interface InitOptions {
  /** Takes what is proposed and asks nothing. */
  readonly yes?: boolean;
}

/** Proposes what the product is, has a person confirm it, and writes it under `product` of its `skarp.json`. */
export async function init(options: InitOptions): Promise<number> {
  const isAsked = options.yes !== true;
  if (isAsked && !process.stdin.isTTY)
    throw new Failure('init asks questions; run it in a terminal, or take what it proposes with --yes');
  const folder = productFolder(process.cwd());
  const target = join(folder, CONFIG_FILE);
  const text = configText(target, CONFIG_FILE);
  const known: Profile = text === undefined ? {} : (parseConfig(CONFIG_FILE, text).product ?? {});
  const proposals = (await proposalsIn(new NodeHost(realpathSync(folder), wasmFolder()))).filter(
    ({ feature }) => known[feature] === undefined,
  );
  for (const { says, saw, file, line } of proposals)
    await print(`saw ${saw} in ${file}:${String(line)}: ${says}\n`);
  const proposed = profileOf(proposals.map(({ feature }) => feature));
  const answers = isAsked ? await ask(known, proposed) : proposed;
  const news = Object.entries(answers).filter(([feature]) => known[feature] === undefined);
  if (news.length === 0) {
    await say('skarp: there is nothing to write; skarp checklist lists what is still to be said');
    return STATUS.clean;
  }
  await writeReport(target, withAnswers(text, Object.fromEntries(news)), CONFIG_FILE);
  await say(
    `skarp: ${CONFIG_FILE} says ${String(news.length)} ${news.length === 1 ? 'thing' : 'things'} more of the product${isAsked ? '' : '; read them: they are guesses until somebody confirms them'}`,
  );
  return STATUS.clean;
}

/** Asks for each feature that is not known; an empty answer takes the proposal, or leaves the feature open. */
async function ask(known: Profile, proposed: Profile): Promise<Record<string, boolean>> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  const answers: Record<string, boolean> = {};
  try {
    for (const { key, question } of FEATURES) {
      if (known[key] !== undefined || missingFor(key, { ...answers, ...known }) !== undefined) continue;
      const isProposed = proposed[key] === true;
      terminal.setPrompt(`${question} ${isProposed ? '[Y/n]' : '[y/n, empty: later]'} `);
      terminal.prompt();
      const line = await lines.next();
      if (line.done === true) throw new Failure('stopped before the last question; nothing was written');
      const answer = line.value.trim().toLowerCase();
      if (answer === '' ? isProposed : /^y(es)?$/.test(answer)) answers[key] = true;
      else if (/^no?$/.test(answer)) answers[key] = false;
    }
  } finally {
    terminal.close();
  }
  return answers;
}
