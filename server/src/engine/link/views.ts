/** What linked views need of the linker that makes them. Kept apart so that no view needs to know another's file. */
import type { At, Call, Expr, Func, Setting, Thing } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, Span, VariableFact } from '../facts/model.js';
import type { LinkedFile } from './product.js';
import type { Resolver } from './resolve.js';

export interface Views {
  readonly resolver: Resolver;
  expr(linked: LinkedFile, fact: ExprFact, depth?: number): LocatedExpr;
  call(linked: LinkedFile, fact: CallFact, callee?: string): Call;
  func(linked: LinkedFile, index: number): Func | undefined;
  thing(linked: LinkedFile, fact: ExprFact, type: string | undefined): KnownThing;
  thingOf(linked: LinkedFile, variable: VariableFact, type: string | undefined): KnownThing | undefined;
}

/** An expression that still knows the fact behind it. */
export interface LocatedExpr extends Expr {
  readonly linked: LinkedFile;
  readonly fact: ExprFact;
}

export interface KnownThing extends Thing {
  readonly fields: ReadonlyMap<string, LocatedExpr>;
  /** What the tables recognise among all values written. */
  settings(): Setting[];
}

export function at(linked: LinkedFile, span: Span): At {
  return { file: linked.file, start: span.start, end: span.end };
}
