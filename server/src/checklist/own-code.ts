/** Which files speak for the product: not copies of a framework's components, and not the helpers of its makers. */
import data from '../../../rules/standard/signs.json' with { type: 'json' };
import type { FileId } from '../../../rules/kit/index.js';

const COPIES = new Set(data.copies);
const BESIDE = new Set(data.beside);

export function speaksForProduct(file: FileId): boolean {
  const folders = file.split('/').slice(0, -1);
  const isCopy = folders.some((name, at) => folders[at - 1] === 'components' && COPIES.has(name));
  return !isCopy && !BESIDE.has(folders[0] ?? '');
}
