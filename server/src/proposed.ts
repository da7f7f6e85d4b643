/** What the code of a folder lets one guess of the product, and propose for the tables of implementation facts. */
import { speaksForProduct } from './checklist/own-code.js';
import { type Proposal, isSign, proposalsOf } from './checklist/proposals.js';
import { mentionItems, speaksForRow } from './checklist/ixit/mentions.js';
import { type Ixit, callItems, ixitOf } from './checklist/ixit/rows.js';
import { IXIT_HARVEST, withoutWrappers, wrappersOf } from './checklist/ixit/signs.js';
import type { Mention } from './engine/mention.js';
import type { Host } from './host/host.js';
import { decode } from './project/decode.js';
import { LARGEST_FILE, materialOf, walk } from './project/files.js';
import { type Asked, mentionsIn } from './project/mentions.js';
import type { Session } from './session.js';

export async function proposalsIn(host: Host): Promise<Proposal[]> {
  return proposalsOf(await mentionsBelow(host, isSign));
}

/** Takes looks of its own, since nothing else needs these calls: no rule is asked in them. */
export async function ixitIn(host: Host, session: Session): Promise<Ixit> {
  const look = await session.again({ rules: [], harvest: IXIT_HARVEST });
  const gathered = look.gathered();
  const wrappers = wrappersOf(gathered);
  const behind = wrappers && (await session.again({ rules: [], harvest: wrappers }));
  const given = (behind?.gathered() ?? []).filter(({ from }) => !from);
  const calls = [
    ...callItems(withoutWrappers(gathered, given), (file) => look.text(file)),
    ...callItems(given, (file) => behind?.text(file)),
  ];
  look.dispose();
  behind?.dispose();
  return ixitOf(calls, mentionItems(await mentionsBelow(host, speaksForRow)));
}

/** Of the product's own code and config; what cannot be read mentions nothing, for the checks tell of it. */
export async function mentionsBelow(host: Host, asked: Asked): Promise<Mention[]> {
  const { found } = await walk(host, '', { vendored: false, ignored: [] });
  const mentions: Mention[] = [];
  for (const { file, kind } of found) {
    if (typeof kind !== 'object' || materialOf(file) !== 'product' || !speaksForProduct(file)) continue;
    const { size } = await host.stat(file).catch(() => ({ size: Infinity }));
    if (size > LARGEST_FILE) continue;
    const text = await host.read(file).then(decode, () => 'binary' as const);
    if (text !== 'binary') mentions.push(...mentionsIn(file, kind, text.text, asked));
  }
  return mentions;
}
