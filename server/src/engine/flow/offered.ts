/** What somebody brings along who wants to come in, and what it is compared with. */
import { isFixedPassword } from '../../../../rules/kit/judgement.js';
import type { CallEntry } from '../apis.js';
import type { Call } from './call.js';
import { SECRET } from './roles.js';
import type { Source } from './values.js';

/** A secret that comes with a request is one that is offered, too. */
export function offered(entry: CallEntry, source: Source): Source[] {
  return entry.offered && source.kind === SECRET
    ? [source, { ...source, kind: 'an offered password' }]
    : [source];
}

/** Compared with a text that everybody can read, a value tells nothing; compared with anything else, with no fixed password. */
export function isNoComparison({ args }: Call, { equal }: CallEntry, role: string): boolean {
  const texts = (equal ?? []).flatMap((at) => (args[at]?.kind === 'text' ? [String(args[at].value)] : []));
  if (role === 'a comparison') return texts.length > 0;
  return role === 'a comparison with a fixed password' && !texts.some(isFixedPassword);
}
