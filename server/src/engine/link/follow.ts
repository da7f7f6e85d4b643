/** From an expression to what it means, one name at a time: the literal, call or object behind it. */
import type { ExprFact } from '../facts/model.js';
import { CNames } from './c-names.js';
import { CTypeNames } from './c-type-names.js';
import { type Located, type Step, within } from './located.js';
import { TsMembers } from './ts-members.js';
import type { Views } from './views.js';

export interface Way {
  readonly final: Located | undefined;
  /** Every name met, the first as written; imports resolved. */
  readonly names: readonly string[];
}

const FARTHEST = 12;

export class Follower {
  readonly types: CTypeNames;
  private readonly c: CNames;
  private readonly ts: TsMembers;

  constructor(private readonly views: Views) {
    this.types = new CTypeNames(views.resolver.product);
    this.c = new CNames(views);
    this.ts = new TsMembers(views);
  }

  /** To the end: undefined where a name is unknown or might mean several things. */
  follow(located: Located): Way {
    const names: string[] = [];
    let here: Located | undefined = located;
    for (let hops = 0; here && hops < FARTHEST; hops++) {
      here = pointedAt(here);
      const { fact, linked }: Located = here;
      if (fact.kind === 'name' || fact.kind === 'member') {
        if (fact.path !== undefined) names.push(this.nameOf(here, fact.path));
        here = linked.facts.lang === 'c' && fact.path === undefined ? undefined : this.step(here)?.to;
      } else if (fact.kind === 'subscript') {
        const element: Located | undefined = this.element(here);
        // What is no known element is still what the code says.
        if (!element) return { final: here, names };
        here = element;
      } else return { final: here, names };
    }
    return { final: undefined, names };
  }

  private nameOf({ linked, fact }: Located, path: string): string {
    if (linked.facts.lang === 'c') return path;
    return this.views.resolver.canonical(linked, path, fact.start) ?? path;
  }

  /** Where a name or member leads; undefined where that is not certain. */
  step(here: Located): Step | undefined {
    return this.views.work.step(() =>
      here.linked.facts.lang === 'c' ? this.c.step(here) : this.ts.step(here),
    );
  }

  /** The element that a subscript means. */
  element(here: Located): Located | undefined {
    return this.views.work.step(() =>
      here.linked.facts.lang === 'c' ? this.c.element(here) : this.ts.element(here),
    );
  }

  /** The body of the macro that a call in C applies, with what it was given. */
  applied(here: Located): Located | undefined {
    return here.linked.facts.lang === 'c' ? this.c.applied(here) : undefined;
  }

  /** As far as macros lead. */
  throughMacros(located: Located): Located {
    let here = located;
    if (here.linked.facts.lang !== 'c') return here;
    for (let hops = 0; hops < FARTHEST; hops++) {
      const step = here.fact.kind === 'name' ? this.step(here) : undefined;
      const next = here.fact.kind === 'call' ? this.applied(here) : step?.to;
      if (!next || (step && step.by !== 'macro' && step.by !== 'argument')) return here;
      here = next;
    }
    return here;
  }
}

/** `&verify` is worth what `verify` is: a setting is often handed over by address. */
function pointedAt(here: Located): Located {
  const target: ExprFact | undefined = here.fact.kind === 'address' ? here.fact.parts?.[0] : undefined;
  return target?.path === undefined ? here : within(here, target);
}
