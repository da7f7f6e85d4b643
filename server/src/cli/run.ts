/** The command line: exit status 0 clean, 1 findings, 2 could not run. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { LEVELS, SECTORS } from '../../../rules/standard/crosswalk/crosswalk.js';
import { AUDIENCES, EXPORT_FORMATS } from '../checklist/export/formats.js';
import { ROLES, WORDS, type Word } from '../checklist/words.js';
import { ConfigError } from '../project/jsonc.js';
import { version } from './about.js';
import { FORMATS, type CheckOptions } from './check.js';
import type { AssessOptions } from './assess.js';
import type { ChecklistOptions } from './checklist.js';
import type { DeclareOptions } from './declare.js';
import { Failure, STATUS } from './failure.js';
import type { ImportOptions } from './import.js';
import type { InitOptions } from './init.js';
import type { MergeOptions } from './merge.js';
import { say } from './output.js';
import type { RequirementsOptions } from './requirements.js';

/** More threads than this only wait for each other. */
const MOST_JOBS = 64;

const EDITIONS = ['v1.1.1', 'v2.1.1', 'v3.1.1'];

const collect = (value: string, former: string[] = []): string[] => [...former, value];
const heading = (value: string, former: number[] = []): number[] => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 13)
    throw new InvalidArgumentError('A heading is a number from 1 to 13.');
  return [...former, number];
};

const count = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > MOST_JOBS)
    throw new InvalidArgumentError(`Threads are a number from 1 to ${String(MOST_JOBS)}.`);
  return number;
};

/** Runs one command line (without `node` and the script) and answers the exit status. */
export async function run(args: readonly string[]): Promise<number> {
  let status: number = STATUS.clean;
  const program = new Command('skarp')
    .description('Secure IoT firmware by design: ETSI TS 103 645 / EN 303 645 for C and TypeScript.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

  program
    .command('check', { isDefault: false })
    .description('check files and folders (default: the working folder)')
    .argument('[paths...]')
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(FORMATS).default('text'))
    .option(
      '--output <format=file>',
      'write a report to a file as well; may be given several times',
      collect,
      [],
    )
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that makes the exit status 1')
        .choices(['error', 'warning', 'info', 'never'])
        .default('warning'),
    )
    .option('--gate', 'the exit status follows the policy under "gate" in skarp.json, not --fail-on')
    .option('--fix', 'apply safe fixes')
    .option('--fix-suggestions', 'apply suggestions too: read what they changed')
    .option('--stdin', 'check the text on stdin')
    .option('--stdin-filename <file>', 'the file that stdin stands for')
    .addOption(new Option('--rule-set <set>', 'which rules are on').choices(['default', 'strict', 'audit']))
    .option('--rule <id>', 'only this rule; may be given several times', collect)
    .option('--heading <number>', 'only rules of this heading; may be given several times', heading)
    .option('--config <file>', 'use this config instead of skarp.json at the root')
    .addOption(editionOption('labels of this edition of the standard'))
    .option('--show-suppressed', 'list suppressed findings with their reasons')
    .option('--include-vendored', "read other people's code too")
    .option('--no-prefilter', 'parse every file, also where no rule has anything to say')
    .option(
      '--jobs <number>',
      'threads that read files (default: one for each core, where there is much to read)',
      count,
    )
    .option('--cache', 'keep what was read for the next run, in a cache folder of your own')
    .option('--quiet', 'print nothing on stdout')
    .option('--no-color', 'no colors')
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('./check.js');
      status = await check(paths, options);
    });

  program
    .command('rules')
    .description('list what is checked')
    .option('--heading <number>', 'only this heading', heading)
    .option('--json', 'as JSON')
    .option('--no-color', 'no colors')
    .action(async (options: { heading?: number[]; json?: boolean; color: boolean }) => {
      const { listRules } = await import('./rules.js');
      status = await listRules(options);
    });

  program
    .command('explain')
    .description('why a rule exists, how it is attacked and what to do; or what a provision asks')
    .argument('<rule or provision>')
    .option('--json', 'as JSON')
    .option('--no-color', 'no colors')
    .action(async (subject: string, options: { json?: boolean; color: boolean }) => {
      const { explain } = await import('./rules.js');
      status = await explain(subject, options);
    });

  program
    .command('checklist')
    .description('every provision with what the code of a product says of it')
    .argument('[path]', 'the folder of the product', '.')
    .addOption(formatOption(['text', 'json', ...EXPORT_FORMATS]))
    .addOption(editionOption())
    .option(
      '--draft',
      'export html, markdown, csv, oscal or cyclonedx also while provisions are not declared, marked as a draft',
    )
    .addOption(
      new Option(
        '--for <audience>',
        "whom html or markdown is for: a customer's leaves out places in code, names of rules and who signed",
      )
        .choices(AUDIENCES)
        .default('assessor'),
    )
    .option('--standard <id>', 'see the same rows through another catalogue; `skarp standards` lists them')
    .addOption(new Option('--sector <sector>', 'through the catalogues of this sector').choices(SECTORS))
    .addOption(new Option('--level <level>', 'through the catalogues that speak of this').choices(LEVELS))
    .option(
      '--ixit',
      'only what the code shows of interfaces, updates, secrets, inputs and so on, for the IXIT tables of TS 103 701',
    )
    .option('--verify', 'hash the evidence of declarations again; the exit status is 1 if some has changed')
    .option('--no-color', 'no colors')
    .action(async (path: string, options: ChecklistOptions) => {
      const { checklist } = await import('./checklist.js');
      status = await checklist(path, options);
    });

  program
    .command('standards')
    .description('list the other catalogues through which a checklist can be seen, by sector and level')
    .option('--json', 'as JSON')
    .option('--no-color', 'no colors')
    .action(async (options: { json?: boolean; color: boolean }) => {
      const { listStandards } = await import('./standards.js');
      status = await listStandards(options);
    });

  program
    .command('init')
    .description('propose what the product is, ask, and write it into skarp.json')
    .option('--yes', 'take what is proposed and ask nothing')
    .action(async (options: InitOptions) => {
      const { init } = await import('./init.js');
      status = await init(options);
    });

  program
    .command('assess')
    .description('how mature a product is, heading by heading, and what to do next')
    .argument('[path]', 'the folder of the product', '.')
    .addOption(formatOption(['text', 'json', 'html']))
    .addOption(editionOption())
    .option('--since <date>', 'show progress only from this day on, YYYY-MM-DD')
    .option(
      '--answer [heading=level...]',
      'write how far a role believes the product to be, as in 1=2 5=0; asks on a terminal if you name none',
    )
    .addOption(new Option('--role <role>', 'the role that answers').choices(ROLES))
    .option('--by <name>', 'who answers')
    .option('--gate', 'ask the policy under "gate" in skarp.json; the exit status is 1 if it does not hold')
    .option('--no-color', 'no colors')
    .action(async (path: string, options: AssessOptions) => {
      const { assess } = await import('./assess.js');
      status = await assess(path, options);
    });

  program
    .command('merge')
    .description(
      'reports of parts of a product as one, or several products side by side and what many of them lack',
    )
    .argument('<files...>', 'what skarp check, assess or checklist printed with --format json')
    .addOption(formatOption(['text', 'json', 'html', 'sarif']))
    .option('--no-color', 'no colors')
    .action(async (files: string[], options: MergeOptions) => {
      const { merge } = await import('./merge.js');
      status = await merge(files, options);
    });

  program
    .command('declare')
    .description('write what you say of a provision into skarp.checklist.yaml of the product you are in')
    .argument('<provision>', 'its id, or its label in another edition')
    .addArgument(new Argument('<word>', 'what you say of it').choices(WORDS))
    .requiredOption('--because <reason>', 'why it is so')
    .requiredOption('--by <name>', 'who declares it')
    .option('--owner <name>', 'who sees to it')
    .option('--review-by <date>', 'the day by which somebody looks at it again, YYYY-MM-DD')
    .option('--evidence <files...>', "files in the product's folder that show it")
    .action(async (provision: string, word: Word, options: DeclareOptions) => {
      const { declareProvision } = await import('./declare.js');
      status = await declareProvision(provision, word, options);
    });

  program
    .command('import')
    .description('a statement of conformance that you kept by hand (Markdown or CSV), as declarations')
    .argument('<file>', 'tables with provisions, answers (Y, N, N/A, partly) and details')
    .argument('[path]', 'the folder of the product', '.')
    .addOption(editionOption('its provisions are named as in this edition'))
    .option('--write', 'write what is not declared yet; without it you only see what would be written')
    .option('--by <name>', 'who declares it')
    .action(async (file: string, path: string, options: ImportOptions) => {
      const { importStatement } = await import('./import.js');
      status = await importStatement(file, path, options);
    });

  program
    .command('requirements')
    .description(
      "a customer's own list (Markdown or CSV): what is met, lacking, beyond the standard, forgotten",
    )
    .argument('<file>', 'a requirement in each row of a table or item of a list')
    .argument('[path]', 'the folder of the product', '.')
    .addOption(formatOption(['text', 'json']))
    .addOption(editionOption())
    .option('--no-color', 'no colors')
    .action(async (file: string, path: string, options: RequirementsOptions) => {
      const { requirements } = await import('./requirements.js');
      status = await requirements(file, path, options);
    });

  program
    .command('lsp')
    .description('the language server')
    .option('--stdio', 'speak over stdin and stdout (the only way there is)')
    .action(async () => {
      const { startLanguageServer } = await import('../lsp/main-node.js');
      startLanguageServer();
    });

  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    return failed(error);
  }
  return status;
}

function editionOption(says = 'provisions of this edition of the standard'): Option {
  return new Option('--edition <edition>', says).choices(EDITIONS);
}

/** Text is what is printed without a word. */
function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'what is printed on stdout').choices(formats).default('text');
}

async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return STATUS.clean;
    const line =
      error.code === 'commander.help'
        ? 'name a command: skarp init, check, rules, explain, standards, checklist, assess, merge, declare, import, requirements or lsp; skarp --help tells more'
        : error.message.replace(/^error: /, '').replace(/\n+/g, ' ');
    await say(`skarp: ${line}`);
    return STATUS.failed;
  }
  if (error instanceof Failure || error instanceof ConfigError) {
    await say(`skarp: ${error.message}`);
    return STATUS.failed;
  }
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
  await say(
    `skarp: something went wrong inside Skarp: ${reason ?? ''}; please report it with the command you ran`,
  );
  if (process.env['SKARP_DEBUG'] !== undefined) console.error(error);
  return STATUS.failed;
}
