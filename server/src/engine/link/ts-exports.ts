/** Names that lead from one TypeScript or JavaScript file into another: imports, re-exports, `require`. */
import type { VariableFact } from '../facts/model.js';
import { MODULE_EXPORTS } from '../facts/ts-objects.js';
import type { Located } from './located.js';
import { type LinkedFile, type Product, moduleName } from './product.js';

/** A variable of another file, and the members that were asked for beyond it. */
export interface Exported {
  readonly linked: LinkedFile;
  readonly variable: VariableFact;
  readonly rest: string;
}

const FARTHEST = 12;

export class TsModules {
  constructor(private readonly product: Product) {}

  /** What a name that an `import` brings means in the file it comes from. */
  imported(linked: LinkedFile, local: string, rest: string): Exported | undefined {
    const found = linked.facts.imports.find((each) => each.local === local);
    const target = found && this.product.module(linked.file, found.module);
    return target && this.exported(target, found.imported, rest);
  }

  /** `require('./config')`, also the awaited `import('./config')`, and what is asked of it. */
  required({ linked, fact }: Located, rest: string): Exported | undefined {
    const specifier = requiredModule(fact);
    const target = specifier === undefined ? undefined : this.product.module(linked.file, specifier);
    return target && this.exported(target, '*', rest);
  }

  /** The variable behind an exported name, through re-exports. */
  exported(linked: LinkedFile, name: string, rest: string, depth = 0): Exported | undefined {
    if (depth > FARTHEST) return undefined;
    const common = this.product.variable(linked, MODULE_EXPORTS, 0);
    if (name === '*') {
      if (common) return { linked, variable: common, rest };
      const [first = '', ...others] = rest.split('.');
      return first === '' ? undefined : this.exported(linked, first, others.join('.'), depth + 1);
    }
    const found = linked.facts.exports.find((each) => each.name === name);
    if (found?.from !== undefined) {
      const next = this.product.module(linked.file, found.from);
      return next && this.exported(next, found.local, rest, depth + 1);
    }
    const local = found?.local ?? name;
    const variable = found || name !== 'default' ? this.product.variable(linked, local, 0) : undefined;
    if (variable && (found || !common)) return { linked, variable, rest };
    if (common) {
      const path = [...(name === 'default' ? [] : [name]), ...(rest === '' ? [] : [rest])].join('.');
      return { linked, variable: common, rest: path };
    }
    const again = linked.facts.imports.find((each) => each.local === local);
    if (found && again) {
      const next = this.product.module(linked.file, again.module);
      return next && this.exported(next, again.imported, rest, depth + 1);
    }
    return name === 'default' ? undefined : this.throughStars(linked, name, rest, depth);
  }

  /** Several `export *` that lead to different variables are an error of the program, and unknown. */
  private throughStars(linked: LinkedFile, name: string, rest: string, depth: number): Exported | undefined {
    for (const star of linked.facts.exports) {
      if (star.name !== '*' || star.from === undefined) continue;
      const next = this.product.module(linked.file, star.from);
      const beyond = next && this.exported(next, name, rest, depth + 1);
      if (beyond) return beyond;
    }
    return undefined;
  }

  /** The package's own name for what a file passes on: `export { connect } from 'mqtt'`, `export * from 'mqtt'`. */
  ofPackage(linked: LinkedFile, name: string, rest: string, depth = 0): string | undefined {
    if (depth > FARTHEST) return undefined;
    const again = linked.facts.exports.find((each) => each.name === name);
    if (again) {
      const imported = linked.facts.imports.find((each) => each.local === again.local);
      const module = again.from ?? imported?.module;
      const member = again.from === undefined ? imported?.imported : again.local;
      if (module === undefined || member === undefined) return undefined;
      if (!module.startsWith('.')) return joined(moduleName(module), member, rest);
      const next = this.product.module(linked.file, module);
      return next && this.ofPackage(next, member, rest, depth + 1);
    }
    if (name === '*' || name === 'default' || this.product.variable(linked, name, 0)) return undefined;
    const packages = new Set<string>();
    for (const star of linked.facts.exports) {
      if (star.name !== '*' || star.from === undefined) continue;
      if (!star.from.startsWith('.')) packages.add(joined(moduleName(star.from), name, rest));
      else {
        const next = this.product.module(linked.file, star.from);
        const beyond = next && this.ofPackage(next, name, rest, depth + 1);
        if (beyond !== undefined) packages.add(beyond);
      }
    }
    const [only] = packages;
    return packages.size === 1 ? only : undefined;
  }
}

/** `mqtt.connect` of module, imported name and what follows it. */
export function joined(module: string, imported: string, rest: string): string {
  const whole = imported === 'default' || imported === '*';
  return [module, ...(whole ? [] : [imported]), ...(rest === '' ? [] : [rest])].join('.');
}

/** The specifier of `require('m')` or `import('m')`. */
export function requiredModule(fact: Located['fact']): string | undefined {
  if (fact.kind !== 'call' || (fact.call?.path !== 'require' && fact.call?.path !== 'import'))
    return undefined;
  return fact.call.args[0]?.value;
}
