/** `skarp rules` and `skarp explain` */
import { createColors } from 'picocolors';
import { catalogue } from '../../../rules/index.js';
import type { Heading, Rule } from '../../../rules/kit/index.js';
import { crosswalks } from '../../../rules/standard/crosswalk/index.js';
import type { CrosswalkCell } from '../../../rules/standard/crosswalk/crosswalk.js';
import { cellText, cellsOf } from '../checklist/crosswalk.js';
import { Failure, STATUS } from './failure.js';
import { print, useColor } from './output.js';
import { wrap } from './wrap.js';

export async function listRules(options: {
  heading?: readonly number[];
  color: boolean;
  json?: boolean;
}): Promise<number> {
  const rules = catalogue.rules.filter((rule) => options.heading?.includes(rule.heading) ?? true);
  if (options.json === true) {
    await print(`${JSON.stringify(rules.map(summaryOf), undefined, 2)}\n`);
    return STATUS.clean;
  }
  const colors = createColors(useColor(options.color));
  const out: string[] = [];
  for (const { heading, title, labels } of catalogue.standard.headings) {
    const own = rules.filter((rule) => rule.heading === heading);
    if (own.length === 0) continue;
    out.push(
      colors.bold(`${String(heading)}. ${title}`) +
        colors.dim(`  ${labels['v1.1.1'] ?? ''} / ${labels['v3.1.1'] ?? ''}`),
    );
    for (const rule of own) {
      const mark = rule.in ?? rule.severity;
      out.push(...row(rule, colors.dim(mark.padEnd(8)), 46));
    }
    out.push('');
  }
  out.push(colors.dim(`${String(rules.length)} rules; skarp explain <rule> tells more`));
  await print(`${out.join('\n')}\n`);
  return STATUS.clean;
}

function summaryOf(rule: Rule): object {
  const { id, title, severity, heading, provisions, cwe } = rule;
  return { id, title, severity, set: rule.in ?? 'default', heading, provisions, cwe };
}

export async function explain(subject: string, options: { color: boolean; json?: boolean }): Promise<number> {
  const rule = catalogue.rules.find((each) => each.id === subject || each.formerly?.includes(subject));
  if (rule) {
    await print(
      options.json === true
        ? `${JSON.stringify({ ...summaryOf(rule), why: rule.why, attack: rule.attack, instead: rule.instead }, undefined, 2)}\n`
        : ruleText(rule, options.color),
    );
    return STATUS.clean;
  }
  const provisions = catalogue.standard.provisions.filter(
    (each) => each.id === subject || Object.values(each.labels).some((labels) => labels.includes(subject)),
  );
  if (provisions.length === 0)
    throw new Failure(`${subject} is neither a rule nor a provision; \`skarp rules\` lists the rules`);
  if (options.json === true) {
    const told = provisions.map((each) => ({ ...each, crosswalk: elsewhere(each.heading) }));
    await print(`${JSON.stringify(told, undefined, 2)}\n`);
  } else
    for (const provision of provisions) {
      const colors = createColors(useColor(options.color));
      const rules = catalogue.rules.filter((each) => each.provisions.includes(provision.id));
      const labels = Object.entries(provision.labels).map(
        ([edition, names]) => `${edition} ${names.length > 0 ? names.join(', ') : '–'}`,
      );
      await print(
        `${[
          colors.bold(provision.id) +
            colors.dim(`  ${provision.status}${provision.applies === null ? '' : `, ${provision.applies}`}`),
          ...wrap(provision.wording),
          colors.dim(labels.join(' · ')),
          '',
          ...wrap(
            `Code ${{ show: 'can show it', hint: 'can hint at it', no: 'cannot show it' }[provision.canShow]}${provision.codeShows === null ? '' : `: ${provision.codeShows}`}`,
          ),
          ...wrap(`Ask: ${provision.ask}`),
          ...wrap(`Evidence: ${provision.evidence}`),
          ...(rules.length > 0 ? ['', 'Rules:', ...rules.flatMap((each) => row(each, '', 37))] : []),
          ...elsewhereText(provision.heading),
          '',
        ].join('\n')}\n`,
      );
    }
  return STATUS.clean;
}

/** What other catalogues say of the subject of a heading. */
function elsewhere(heading: Heading | 0): { standard: string; title: string; cell: CrosswalkCell }[] {
  if (heading === 0) return [];
  return cellsOf(crosswalks, heading).map(({ catalogue: standard, ...cell }) => ({
    standard,
    title: crosswalks.find(({ id }) => id === standard)?.title ?? standard,
    cell,
  }));
}

function elsewhereText(heading: Heading | 0): string[] {
  const lines = elsewhere(heading).flatMap(({ title, cell }) => wrap(`${title}: ${cellText(cell)}`, 2));
  return lines.length > 0 ? ['', 'Elsewhere, of the whole heading:', ...lines] : [];
}

/** A rule's id and title in columns that fit a terminal; `column` is where the title begins. */
function row(rule: Rule, mark: string, column: number): string[] {
  const [first = '', ...rest] = wrap(rule.title, 0, 79 - column);
  const lead = `  ${rule.id.padEnd(34)} ${mark}${mark === '' ? '' : ' '}`;
  return [`${lead}${first}`, ...rest.map((line) => ' '.repeat(column) + line)];
}

function ruleText(rule: Rule, color: boolean): string {
  const colors = createColors(useColor(color));
  const heading = catalogue.standard.headings.find((each) => each.heading === rule.heading);
  const provisions = rule.provisions.flatMap((id) => {
    const found = catalogue.standard.provisions.find((each) => each.id === id);
    return wrap(`${id}  ${found?.wording ?? ''}`, 2);
  });
  const code = (example: Rule['bad'][number] | undefined): string[] => {
    if (!example) return [];
    const text =
      'c' in example
        ? example.c
        : 'ts' in example
          ? example.ts
          : Object.entries(example.files)
              .map(([file, content]) => `${file}:\n${content}`)
              .join('\n');
    return text
      .replace(/«guard: /g, '')
      .replace(/[«»]/g, '')
      .trim()
      .split('\n')
      .map((line) => `    ${line}`);
  };
  return `${[
    `${colors.bold(rule.id)}  ${rule.title}`,
    ...wrap(
      `${rule.severity}${rule.in === undefined ? '' : `, only in the rule set ${rule.in}`} · heading ${String(rule.heading)}: ${heading?.title ?? ''} · ${rule.cwe.map((id) => `CWE-${String(id)}`).join(', ')}`,
    ).map(colors.dim),
    '',
    ...wrap(rule.why),
    '',
    colors.bold('How it is attacked'),
    ...wrap(rule.attack),
    '',
    colors.bold('What to do instead'),
    ...wrap(rule.instead),
    '',
    colors.bold('Provisions'),
    ...provisions,
    '',
    colors.red('Bad'),
    ...code(rule.bad[0]),
    '',
    colors.green('Good'),
    ...code(rule.good[0]),
    '',
    colors.dim('Suppress with a reason:'),
    colors.dim(`  // skarp-ignore ${rule.id} -- why it is right here`),
  ].join('\n')}\n`;
}
