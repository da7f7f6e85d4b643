/** An expression and where it stands; the parts of a macro's body know what the macro was given and where it is used. */
import type { ExprFact } from '../facts/model.js';
import type { LinkedFile } from './product.js';

export interface Located {
  readonly linked: LinkedFile;
  readonly fact: ExprFact;
  /** What the parameters of a macro stand for. */
  readonly bound?: ReadonlyMap<string, Located>;
  /** Where a macro's body is put: its names mean what they mean there. */
  readonly site?: Site;
}

export interface Site {
  readonly linked: LinkedFile;
  readonly offset: number;
}

/** Where one name leads. */
export interface Step {
  readonly to: Located;
  readonly by: 'variable' | 'macro' | 'argument' | 'constant';
  /** Of a variable or constant of C: what its value is converted to. */
  readonly type?: string;
}

/** A part of an expression, seen as the whole is seen. */
export function within(whole: Located, fact: ExprFact): Located {
  return { ...whole, fact };
}

/** Where the names of an expression are looked up. */
export function siteOf({ linked, fact, site }: Located): Site {
  return site ?? { linked, offset: fact.start };
}
