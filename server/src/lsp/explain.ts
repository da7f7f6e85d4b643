/** What a rule is about, as markdown: the hover's text. */
import { catalogue } from '../../../rules/index.js';
import type { ProvisionId, Rule } from '../../../rules/kit/index.js';

/** Undefined for ids that are not rules of the catalogue: suppressions gone stale explain themselves. */
export function explain(id: string): string | undefined {
  const rule = catalogue.rules.find((each) => each.id === id);
  return rule && markdown(rule);
}

function markdown(rule: Rule): string {
  const heading = catalogue.standard.headings.find((each) => each.heading === rule.heading);
  const numbers = [heading?.labels['v1.1.1'], heading?.labels['v3.1.1']].filter(Boolean).join(' / ');
  return [
    `**${rule.title}** (\`${rule.id}\`)`,
    rule.why,
    `**What an attacker does with it:** ${rule.attack}`,
    `**Instead:** ${rule.instead}`,
    `**TS 103 645:** ${numbers} ${heading?.title ?? ''}`,
    ...rule.provisions.map((provision) => `- ${provisionLine(provision)}`),
  ].join('\n\n');
}

/** The provision with the labels of the newest edition and of the first, which the founding check list used. */
function provisionLine(id: ProvisionId): string {
  const provision = catalogue.standard.provisions.find((each) => each.id === id);
  if (!provision) return id;
  const newest = provision.labels['v3.1.1'].join(', ');
  const first = provision.labels['v1.1.1'].join(', ');
  return `${newest === '' ? id : newest}${first === '' ? '' : ` (V1.1.1: ${first})`} ${provision.wording}`;
}
