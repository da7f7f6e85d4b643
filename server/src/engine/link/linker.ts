/** Makes linked views of facts. */
import type { Call, Func } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, VariableFact } from '../facts/model.js';
import { LinkedCall, LinkedExpr, LinkedFunc } from './expr.js';
import type { LinkedFile } from './product.js';
import type { Resolver } from './resolve.js';
import { LinkedThing } from './thing.js';
import type { LocatedExpr, Views } from './views.js';

/** Makes linked views; what it makes is read lazily, so a rule pays for what it asks. */
export class Linker implements Views {
  private readonly calls = new WeakMap<CallFact, Call>();
  private readonly things = new WeakMap<object, LinkedThing>();

  constructor(readonly resolver: Resolver) {}

  expr(linked: LinkedFile, fact: ExprFact, depth = 0): LocatedExpr {
    return new LinkedExpr(this, linked, fact, depth);
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
    let thing = this.things.get(fact);
    if (!thing) {
      thing = new LinkedThing(this, linked, fact, fact, undefined, type);
      this.things.set(fact, thing);
    }
    return thing;
  }

  /** A thing held by a variable, with what is later written into it. */
  thingOf(linked: LinkedFile, variable: VariableFact, type: string | undefined): LinkedThing | undefined {
    let thing = this.things.get(variable);
    if (!thing) {
      const value = this.resolver.onlyValue(variable);
      const object = value?.kind === 'object' || value?.kind === 'array' ? value : undefined;
      const fieldWrites = variable.writes.some((write) => write.field !== '');
      if (!object && !fieldWrites && type === undefined) return undefined;
      thing = new LinkedThing(this, linked, object ?? variable.declared, object, variable, type);
      this.things.set(variable, thing);
    }
    return thing;
  }
}
