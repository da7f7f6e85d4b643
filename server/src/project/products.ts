/** Products: the units in which names resolve and absences count. */
import type { FileId, Framework } from '../../../rules/kit/index.js';
import type { Configs } from './config.js';
import { folderOf } from './files.js';
import { manifestOf } from './manifests/index.js';

export class Products {
  private readonly roots = new Map<FileId, Set<Framework>>();

  /** A product's root is the nearest folder with a config that says `product`, else the nearest application manifest. */
  constructor(
    files: readonly FileId[],
    private readonly configs: Configs,
  ) {
    for (const file of files) {
      const framework = manifestOf(file)?.framework;
      if (framework === undefined) continue;
      const root = this.declared(folderOf(file)) ?? folderOf(file);
      const known = this.roots.get(root);
      if (known) known.add(framework);
      else this.roots.set(root, new Set([framework]));
    }
    for (const folder of configs.folders())
      if (configs.isProduct(folder) && !this.roots.has(folder)) this.roots.set(folder, new Set());
  }

  /** The root folder of a file's product; empty for the root of the run. */
  of(file: FileId): FileId {
    const declared = this.declared(folderOf(file));
    if (declared !== undefined) return declared;
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder))
      if (this.roots.has(folder)) return folder;
    return '';
  }

  frameworks(root: FileId): ReadonlySet<Framework> {
    return this.roots.get(root) ?? new Set();
  }

  private declared(from: FileId): FileId | undefined {
    for (let folder = from; ; folder = folderOf(folder)) {
      if (this.configs.isProduct(folder)) return folder;
      if (folder === '') return undefined;
    }
  }
}
