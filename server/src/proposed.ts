/** What the code of a folder lets one guess of the product. */
import type { FileId } from '../../rules/kit/index.js';
import { type Proposal, type Seen, WORDS_OF_SIGNS, proposalsOf } from './checklist/proposals.js';
import type { Host } from './host/host.js';
import { decode } from './project/decode.js';
import { LARGEST_FILE, materialOf, walk } from './project/files.js';
import { mentionsIn } from './project/mentions.js';

/** Reads the product's own code and config; what cannot be read proposes nothing, for the checks tell of it. */
export async function proposalsIn(host: Host): Promise<Proposal[]> {
  const words = new Set(WORDS_OF_SIGNS);
  const { found } = await walk(host, '', { vendored: false, ignored: [] });
  const seen: { readonly file: FileId; readonly seen: Seen }[] = [];
  for (const { file, kind } of found) {
    if (typeof kind !== 'object' || materialOf(file) !== 'product') continue;
    const { size } = await host.stat(file).catch(() => ({ size: Infinity }));
    if (size > LARGEST_FILE) continue;
    const text = await host.read(file).then(decode, () => 'binary' as const);
    if (text === 'binary') continue;
    for (const each of mentionsIn(file, kind, text.text, words)) seen.push({ file, seen: each });
  }
  return proposalsOf(seen);
}
