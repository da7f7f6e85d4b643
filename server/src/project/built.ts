/** What a product builds: its config files' say on `CONFIG_` symbols. */
import type { FileId, Option } from '../../../rules/kit/index.js';
import { type ConfigValue, isBuilt } from '../engine/condition.js';

/** A generated config names every symbol that can be set; fragments and defaults name only some. */
const COMPLETE = /(^|\/)(sdkconfig|\.config)$/;

export class Build {
  private readonly values = new Map<string, Set<string>>();
  private readonly complete: boolean;

  constructor(files: Iterable<FileId>, options: Iterable<Option>) {
    this.complete = [...files].some((file) => COMPLETE.test(file));
    for (const { name, value } of options) {
      if (!name.startsWith('CONFIG_')) continue;
      const known = this.values.get(name);
      if (known) known.add(value);
      else this.values.set(name, new Set([value]));
    }
  }

  /** Several values in several files mean that builds differ: unknown. */
  private readonly value = (symbol: string): ConfigValue => {
    if (!symbol.startsWith('CONFIG_')) return undefined;
    const values = this.values.get(symbol);
    if (!values) return this.complete ? false : undefined;
    const [only] = values;
    return values.size > 1 ? undefined : only === 'n' ? false : only;
  };

  /** Whether a symbol is switched on, in whichever of several configs. */
  isOn(symbol: string): boolean {
    return [...(this.values.get(symbol) ?? [])].some((value) => !/^(n|0|)$/.test(value));
  }

  /** Whether code under a condition is built; undefined where the config does not decide. */
  isBuilt(condition: string): boolean | undefined {
    return isBuilt(condition, this.value);
  }
}
