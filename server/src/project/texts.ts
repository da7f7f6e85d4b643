/** Texts of files: from an open editor where one stands for the file, else from the host. */
import type { FileId } from '../../../rules/kit/index.js';
import { Lines } from '../engine/lines.js';
import { moduleCandidates } from '../engine/link/product.js';
import type { Host } from '../host/host.js';
import { type Decoded, decode } from './decode.js';
import { Folders } from './folders.js';
import { type FileKind, type Found, LARGEST_FILE, folderOf, join, kindOf, reasonOf } from './files.js';

export type FileText = Decoded;

/** A partial run that reaches further has got into somebody else's code. */
const MOST_IN_CLOSURE = 2000;

export class Texts {
  /** Texts of open editors, and of stdin. */
  readonly overlays = new Map<FileId, string>();

  constructor(private readonly host: Host) {}

  isFile(path: FileId): Promise<boolean> {
    return this.host.stat(path).then(
      (found) => found.kind === 'file',
      () => false,
    );
  }

  /** The text, or in plain words why there is none. */
  async read(file: FileId): Promise<FileText | string> {
    const overlay = this.overlays.get(file);
    if (overlay !== undefined) return { text: overlay, encoding: 'utf-8', bom: false };
    try {
      const { size } = await this.host.stat(file);
      if (size > LARGEST_FILE)
        return `it is too large: ${megabytes(size)} MB, the limit is ${megabytes(LARGEST_FILE)} MB`;
      const decoded = decode(await this.host.read(file));
      return decoded === 'binary' ? 'it is a binary file' : decoded;
    } catch (error) {
      return `it cannot be read: ${reasonOf(error)}`;
    }
  }

  /** The named files and what they include or import, as far as it lies inside the root. */
  async closure(files: readonly FileId[]): Promise<Found[]> {
    const found = new Map<FileId, Found>();
    const folders = new Folders(this.host);
    const queue = [...files];
    const tried = new Set<FileId>();
    for (let file = queue.pop(); file !== undefined && found.size < MOST_IN_CLOSURE; file = queue.pop()) {
      const kind = kindOf(file);
      if (tried.has(file) || kind === undefined) continue;
      tried.add(file);
      const isThere = files.includes(file) || this.overlays.has(file) || (await folders.hasFile(file));
      const text = isThere ? await this.read(file) : 'missing';
      // A named file that cannot be read stays, so that it is told why.
      if (typeof text !== 'string' || files.includes(file)) found.set(file, { file, kind });
      if (typeof text === 'string' || typeof kind !== 'object' || !('source' in kind)) continue;
      for (const next of kind.source === 'c' ? included(file, text.text) : imported(file, text.text))
        queue.push(next);
    }
    return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  }
}

/** A text that was made by a program, which is not worth a look in an editor either. */
export function isLeftOut(kind: FileKind, text: string): boolean {
  if (typeof kind !== 'object' || !('source' in kind) || text.length <= 20_000) return false;
  return text.length / new Lines(text).count > 400;
}

function included(from: FileId, text: string): FileId[] {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm)].flatMap(([, name = '']) => {
    const candidates: FileId[] = [];
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      for (const base of [folder, join(folder, 'include'), join(folder, 'inc'), join(folder, 'src')])
        candidates.push(normal(join(base, name)));
      if (folder === '') return candidates;
    }
  });
}

function imported(from: FileId, text: string): FileId[] {
  return [...text.matchAll(/\b(?:from|require\()\s*['"](\.[^'"\n]+)['"]/g)].flatMap(([, name = '']) =>
    moduleCandidates(from, name),
  );
}

function normal(path: FileId): FileId {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');
}
