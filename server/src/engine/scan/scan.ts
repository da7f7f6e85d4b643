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

/** The same definitions with the same bodies: what other files see of it has not changed. */
export function sameMeaning(a: Scanned, b: Scanned): boolean {
  return (
    a.macros.length === b.macros.length &&
    a.macros.every((macro, index) => {
      const other = b.macros[index];
      return other?.name === macro.name && other.body === macro.body && other.condition === macro.condition;
    }) &&
    a.includes.join('\n') === b.includes.join('\n') &&
    JSON.stringify(meanings(a.outline)) === JSON.stringify(meanings(b.outline))
  );
}

/** Without places: text that moves means the same. */
function meanings({ enumerators, constants, layouts, typedefs }: Outline): unknown {
  return [
    enumerators.map(({ name, base, plus, condition }) => [name, base?.text, plus, condition]),
    constants.map(({ name, body, condition }) => [name, body, condition]),
    layouts.map(({ names, body }) => [names, body]),
    typedefs.map(({ name, type, dims }) => [name, type, dims]),
  ];
}
