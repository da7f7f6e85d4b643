/** What linked views need of the linker that makes them. Kept apart so that no view needs to know another's file. */
import type { At, Call, Expr, Func, Setting, Thing } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, Span, VariableFact } from '../facts/model.js';
import type { Follower } from './follow.js';
import type { Located } from './located.js';
import type { LinkedFile } from './product.js';
import type { Resolver } from './resolve.js';
import type { Constant, Work } from './constant.js';

export interface Views {
  readonly resolver: Resolver;
  readonly follower: Follower;
  readonly work: Work;
  expr(linked: LinkedFile, fact: ExprFact): LocatedExpr;
  /** `shown`: what stands for it in the code that is judged, where it was written elsewhere. */
  located(source: Located, shown?: Located): LocatedExpr;
  /** What an expression is worth; undefined where that is not certain. */
  constant(located: Located): Constant | undefined;
  call(linked: LinkedFile, fact: CallFact, callee?: string): Call;
  func(linked: LinkedFile, index: number): Func | undefined;
  thing(linked: LinkedFile, fact: ExprFact, type: string | undefined): KnownThing;
  thingAt(object: Located, type: string | undefined): KnownThing;
  thingOf(linked: LinkedFile, variable: VariableFact, type: string | undefined): KnownThing | undefined;
}

/** An expression that still knows the fact behind it. */
export interface LocatedExpr extends Expr {
  readonly source: Located;
}

export interface KnownThing extends Thing {
  readonly fields: ReadonlyMap<string, LocatedExpr>;
  /** All that was written to its fields, in order; a field may occur several times. */
  readonly writes: readonly (readonly [string, LocatedExpr])[];
  /** What the tables recognise among all values written. */
  settings(): Setting[];
}

export function at(linked: LinkedFile, span: Span): At {
  return { file: linked.file, start: span.start, end: span.end };
}
