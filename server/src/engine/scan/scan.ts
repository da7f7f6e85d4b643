/** P0: what a C text tells without being parsed. Plain values, one pass each. */
import { Comments } from './c-text.js';
import { directives } from './directives.js';
import { type Macro, readMacro } from './macros.js';
import { Conditions, type Outline, scanOutline } from './outline.js';

export interface Scanned {
  readonly macros: readonly Macro[];
  /** Paths as written between quotes or angles. */
  readonly includes: readonly string[];
  readonly outline: Outline;
}

const INCLUDE = /[ \t]*["<]([^">\n]+)[">]/y;

export function scanC(text: string): Scanned {
  const macros: Macro[] = [];
  const includes: string[] = [];
  const comments = new Comments(text);
  const conditions = new Conditions();
  for (const directive of directives(text, comments)) {
    conditions.add(directive);
    if (directive.dead) continue;
    if (directive.word === 'define') {
      const macro = readMacro(text, directive);
      if (macro) macros.push(macro);
    } else if (directive.word === 'include') {
      INCLUDE.lastIndex = directive.from;
      const path = INCLUDE.exec(text)?.[1];
      if (path !== undefined) includes.push(path);
    }
  }
  return { macros, includes, outline: scanOutline(text, comments, conditions) };
}

/** A file that tells nothing. */
export const NOTHING_SCANNED: Scanned = {
  macros: [],
  includes: [],
  outline: { enumerators: [], constants: [], layouts: [], typedefs: [] },
};

/**
 * Names whose meaning for other files differs. Places count: what stands further down is shown and repaired further
 * down.
 */
export function changedMeanings(before: Scanned, after: Scanned): Set<string> {
  const [old, now] = [meanings(before), meanings(after)];
  return new Set([...old.keys(), ...now.keys()].filter((name) => old.get(name) !== now.get(name)));
}

/** By name, all that is said of it. */
function meanings({ macros, outline }: Scanned): Map<string, string> {
  const byName = new Map<string, string>();
  const say = (name: string, what: unknown): void => {
    byName.set(name, `${byName.get(name) ?? ''}${JSON.stringify(what)}`);
  };
  for (const macro of macros) say(macro.name, macro);
  for (const each of [...outline.enumerators, ...outline.constants, ...outline.typedefs])
    say(each.name, each);
  for (const layout of outline.layouts) for (const name of layout.names) say(name, layout);
  return byName;
}
