/** Copies of a framework's own components in a product: what they mention says what the framework can. */
import data from '../../../rules/standard/signs.json' with { type: 'json' };
import type { FileId } from '../../../rules/kit/index.js';

const COPIES = new Set(data.copies);

export function isCopy(file: FileId): boolean {
  const parts = file.split('/');
  return parts.some(
    (part, at) => part === 'components' && at < parts.length - 2 && COPIES.has(parts[at + 1] ?? ''),
  );
}
