/** The `.c` files of a source tree with the masks that a run would read them under. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Masks } from '../server/src/engine/cfront/masks.js';
import type { Macro } from '../server/src/engine/scan/macros.js';
import { scanC } from '../server/src/engine/scan/scan.js';
import { Configs } from '../server/src/project/config.js';
import { decode } from '../server/src/project/decode.js';
import { Products } from '../server/src/project/products.js';

export class SourceTree {
  private readonly files: readonly string[];
  private readonly products: Products;
  private readonly masks: ReadonlyMap<string, Masks>;

  constructor(readonly root: string) {
    this.files = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/(^|\/)\.git(\/|$)/.test(entry.parentPath))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .sort();
    this.products = new Products(this.files, new Configs());
    this.masks = this.learn();
  }

  get sources(): readonly string[] {
    return this.files.filter((file) => file.endsWith('.c'));
  }

  /** Empty for a file that is no text. */
  text(file: string): string {
    const decoded = decode(readFileSync(join(this.root, file)));
    return decoded === 'binary' ? '' : decoded.text;
  }

  /** Those of the file's product, learned from its headers and sources. */
  masksOf(file: string): Masks {
    return this.masks.get(this.products.of(file)) ?? new Masks([]);
  }

  private learn(): Map<string, Masks> {
    const macros = new Map<string, Macro[]>();
    for (const file of this.files) {
      if (!/\.[ch]$/.test(file)) continue;
      const product = this.products.of(file);
      const known = macros.get(product) ?? [];
      macros.set(product, known);
      for (const macro of scanC(this.text(file)).macros) known.push(macro);
    }
    return new Map([...macros].map(([product, each]) => [product, new Masks(each)]));
  }
}
