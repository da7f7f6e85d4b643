/** Makes linked views of facts; what it makes is read lazily, so a rule pays for what it asks. */
import type { Call, Func } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, VariableFact } from '../facts/model.js';
import { behindRoot, rootOf } from '../facts/names.js';
import { LinkedCall, LinkedExpr, LinkedFunc } from './expr.js';
import { Follower } from './follow.js';
import type { Located } from './located.js';
import type { LinkedFile } from './product.js';
import type { Resolver } from './resolve.js';
import { LinkedThing, ThingPart } from './thing.js';
import { type Constant, Work } from './constant.js';
import { constantOf } from './values.js';
import type { KnownThing, LocatedExpr, Views } from './views.js';

export class Linker implements Views {
  readonly follower: Follower;
  readonly work = new Work();
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
    // Whoever asked first may not have known the type.
    if (known && (known.type !== undefined || type === undefined)) return known;
    const thing = new LinkedThing(this, object.linked, object.fact, object, undefined, type);
    if (!object.bound && !object.site) this.things.set(object.fact, thing);
    return thing;
  }

  /** A thing held by a variable, with what is later written into it. */
  thingOf(linked: LinkedFile, variable: VariableFact, type: string | undefined): LinkedThing | undefined {
    let thing = this.things.get(variable);
    if (!thing) {
      const value = this.resolver.onlyValue(variable);
      const start = value && this.follower.throughMacros({ linked, fact: value });
      const object = start?.fact.kind === 'object' || start?.fact.kind === 'array' ? start : undefined;
      const fieldWrites = variable.writes.some((write) => write.field !== '');
      if (!object && !fieldWrites && type === undefined) return undefined;
      const place = object?.linked === linked ? object.fact : (value ?? variable.declared);
      thing = new LinkedThing(this, linked, place, object, variable, type);
      this.things.set(variable, thing);
    }
    return thing;
  }

  /**
   * The object behind an expression that is no object itself: held by a variable of this or another file or by a
   * field of it, or made by a function of the product. `typed` gives its type by that of the variable.
   */
  held(located: Located, typed: (own: string | undefined) => string | undefined): KnownThing | undefined {
    const { linked, fact } = located;
    if (fact.call) {
      const made = this.resolver.functionNamed(linked, fact.call.path, fact.start);
      const returns = made?.linked.facts.functions[made.func]?.returns ?? [];
      const [only] = returns;
      return made && only?.kind === 'object' && returns.length === 1
        ? this.thing(made.linked, only, typed(only.type))
        : undefined;
    }
    if (fact.path === undefined) return undefined;
    const root = rootOf(fact.path);
    const rest = behindRoot(fact.path);
    const variable = this.resolver.product.variable(linked, root, fact.start);
    const holder = variable ? { linked, variable, rest } : this.resolver.modules.imported(linked, root, rest);
    if (!holder) return undefined;
    const own = this.resolver.typeOfVariable(holder.linked, holder.variable);
    if (holder.rest === '') return this.thingOf(holder.linked, holder.variable, typed(own));
    const whole = this.thingOf(holder.linked, holder.variable, own);
    const part = whole?.fields.get(holder.rest)?.source;
    return whole && part?.fact.kind === 'object'
      ? new ThingPart(this, whole, holder.rest, part, typed(part.fact.type))
      : undefined;
  }
}
