/** `skarp init` */
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { applyEdits, modify } from 'jsonc-parser';
import data from '../../../rules/standard/features.json' with { type: 'json' };
import { type Proposal, WORDS_OF_SIGNS, profileOf, proposalsOf } from '../checklist/proposals.js';
import type { Profile } from '../checklist/profile.js';
import { NodeHost, replaceFile } from '../host/node.js';
import { parseConfig } from '../project/config.js';
import { decode } from '../project/decode.js';
import { LARGEST_FILE, materialOf, reasonOf, walk } from '../project/files.js';
import { mentionsIn } from '../project/mentions.js';
import { wasmFolder } from './about.js';
import { Failure, STATUS } from './failure.js';
import { print, say } from './output.js';
import { productFolder } from './product-folder.js';

export interface InitOptions {
  /** Takes what is proposed and asks nothing. */
  readonly yes?: boolean;
}

const CONFIG = 'skarp.json';
const FORMAT = { insertSpaces: true, tabSize: 2, eol: '\n' };

/** Proposes what the product is, has a person confirm it, and writes it under `product` of its `skarp.json`. */
export async function init(options: InitOptions): Promise<number> {
  const isAsked = options.yes !== true;
  if (isAsked && !process.stdin.isTTY)
    throw new Failure('init asks questions; run it in a terminal, or take what it proposes with --yes');
  const folder = productFolder(process.cwd());
  const target = join(folder, CONFIG);
  const text = configText(target);
  const known: Profile = text === undefined ? {} : (parseConfig(CONFIG, text).product ?? {});
  const proposals = (await proposalsIn(folder)).filter(({ feature }) => known[feature] === undefined);
  for (const { says, saw, file, line } of proposals)
    await print(`saw ${saw} in ${file}:${String(line)}: ${says}\n`);
  const proposed = profileOf(proposals.map(({ feature }) => feature));
  const answers = isAsked ? await ask(known, proposed) : proposed;
  const news = Object.entries(answers).filter(([feature]) => known[feature] === undefined);
  if (news.length === 0) {
    await say('skarp: there is nothing to write; skarp checklist lists what is still to be said');
    return STATUS.clean;
  }
  await write(target, text, news);
  await say(
    `skarp: ${CONFIG} says ${String(news.length)} ${news.length === 1 ? 'thing' : 'things'} more of the product${isAsked ? '' : '; read them: they are guesses until somebody confirms them'}`,
  );
  return STATUS.clean;
}

/** The config as it stands; undefined where there is none. Throws `Failure` for what is no plain file of its size. */
function configText(target: string): string | undefined {
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw new Failure(`${CONFIG} is not a plain file; put one in its place`);
  if (found.size > LARGEST_FILE) throw new Failure(`${CONFIG} is too large to be a config`);
  return readFileSync(target, 'utf8');
}

async function proposalsIn(folder: string): Promise<Proposal[]> {
  const host = new NodeHost(realpathSync(folder), wasmFolder());
  const words = new Set(WORDS_OF_SIGNS);
  const { found } = await walk(host, '', { vendored: false, ignored: [] });
  const seen = [];
  for (const { file, kind } of found) {
    if (typeof kind !== 'object' || materialOf(file) !== 'product') continue;
    // What cannot be read proposes nothing; skarp check tells of it.
    const { size } = await host.stat(file).catch(() => ({ size: Infinity }));
    if (size > LARGEST_FILE) continue;
    const text = await host.read(file).then(decode, () => 'binary' as const);
    if (text === 'binary') continue;
    for (const each of mentionsIn(file, kind, text.text, words)) seen.push({ file, seen: each });
  }
  return proposalsOf(seen);
}

/** Asks for each feature that is not known; an empty answer takes the proposal, or leaves the feature open. */
async function ask(known: Profile, proposed: Profile): Promise<Record<string, boolean>> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const lines = terminal[Symbol.asyncIterator]();
  const answers: Record<string, boolean> = {};
  const isOut = (feature: string): boolean => {
    const found = data.features.find(({ key }) => key === feature);
    const within = found && 'within' in found ? found.within : undefined;
    if (within === undefined) return false;
    return (known[within] ?? answers[within]) === false || isOut(within);
  };
  try {
    for (const { key, question } of data.features) {
      if (known[key] !== undefined || isOut(key)) continue;
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

/** Adds to what stands there; comments and order stay. */
async function write(
  target: string,
  former: string | undefined,
  news: readonly (readonly [string, boolean | undefined])[],
): Promise<void> {
  let text = former ?? '{}\n';
  for (const [feature, value] of news)
    text = applyEdits(text, modify(text, ['product', feature], value, { formattingOptions: FORMAT }));
  // What is written must be read again.
  parseConfig(CONFIG, text);
  try {
    await replaceFile(target, text);
  } catch (error) {
    throw new Failure(`${CONFIG} cannot be written: ${reasonOf(error)}`);
  }
}
