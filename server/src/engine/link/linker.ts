/** Makes linked views of facts; what it makes is read lazily, so a rule pays for what it asks. */
import type { Call, Func } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, VariableFact } from '../facts/model.js';
import { LinkedCall, LinkedExpr, LinkedFunc } from './expr.js';
import { Follower } from './follow.js';
import type { Located } from './located.js';
import type { LinkedFile } from './product.js';
import type { Resolver } from './resolve.js';
import { LinkedThing } from './thing.js';
import { type Constant, constantOf } from './values.js';
import type { LocatedExpr, Views } from './views.js';

export class Linker implements Views {
  readonly follower: Follower;
  private readonly calls = new WeakMap<CallFact, Call>();
  private readonly things = new WeakMap<object, LinkedThing>();

  constructor(readonly resolver: Resolver) {
    this.follower = new Follower(this);
    resolver.fieldOf = (linked, variable, field) =>
      this.thingOf(linked, variable, undefined)?.fields.get(field)?.source;
  }

  expr(linked: LinkedFile, fact: ExprFact): LocatedExpr {
    return this.located({ linked, fact });
  }

  located(source: Located, shown = source): LocatedExpr {
    return new LinkedExpr(this, source, shown);
  }

  constant(located: Located): Constant | undefined {
    return constantOf(this, located);
  }

  call(linked: LinkedFile, fact: CallFact, callee = this.resolver.callee(linked, fact)): Call {
    let call = this.calls.get(fact);
    if (!call) {
      call = new LinkedCall(this, linked, fact, callee ?? '');
      this.calls.set(fact, call);
    }
    return call;
  }

  func(linked: LinkedFile, index: number): Func | undefined {
    const fact = linked.facts.functions[index];
    return fact && new LinkedFunc(this, linked, fact);
  }

  /** A thing of an object expression; its type as tables know it. */
  thing(linked: LinkedFile, fact: ExprFact, type: string | undefined): LinkedThing {
    return this.thingAt({ linked, fact }, type);
  }

  thingAt(object: Located, type: string | undefined): LinkedThing {
    // What a macro makes of its arguments is another thing at every use.
    const known = object.bound || object.site ? undefined : this.things.get(object.fact);
    if (known) return known;
    const thing = new LinkedThing(this, object.linked, object.fact, object, undefined, type);
    if (!object.bound && !object.site) this.things.set(object.fact, thing);
    return thing;
  }

  /** A thing held by a variable, with what is later written into it. */
  thingOf(linked: LinkedFile, variable: VariableFact, type: string | undefined): LinkedThing | undefined {
    let thing = this.things.get(variable);
    if (!thing) {
      const value = this.resolver.onlyValue(variable);
      const start = value && this.initializer({ linked, fact: value });
      const object = start?.fact.kind === 'object' || start?.fact.kind === 'array' ? start : undefined;
      const fieldWrites = variable.writes.some((write) => write.field !== '');
      if (!object && !fieldWrites && type === undefined) return undefined;
      const place = object?.linked === linked ? object.fact : (value ?? variable.declared);
      thing = new LinkedThing(this, linked, place, object, variable, type);
      this.things.set(variable, thing);
    }
    return thing;
  }

  /** `{ … }` as it is written or as a macro of the product says it. */
  private initializer(value: Located): Located {
    return value.linked.facts.lang === 'c' ? this.follower.throughMacros(value) : value;
  }
}
