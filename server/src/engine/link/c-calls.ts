/** Calls of C behind macros: what is really called, and with what. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact } from '../facts/model.js';
import { passedCall } from '../scan/macro-values.js';
import { type Located, type Site } from './located.js';
import type { LinkedFile, Product } from './product.js';

export interface Expanded {
  readonly callee: string;
  readonly args: readonly Located[];
}

const FARTHEST = 12;
/** A macro that doubles its arguments again and again is given up. */
const MOST_ARGUMENTS = 64;

export class CCalls {
  private readonly known = new WeakMap<CallFact, Expanded>();

  constructor(private readonly product: Product) {}

  /** `system_with(c, 1)` for `RUN(c)` after `#define RUN(c) system_with(c, 1)`. */
  expanded(linked: LinkedFile, call: CallFact): Expanded {
    let expanded = this.known.get(call);
    if (!expanded) {
      expanded = this.expand(linked, call);
      this.known.set(call, expanded);
    }
    return expanded;
  }

  /** The name behind others that leave the arguments as they are: `system` for `SYSTEM`, and for `RUN(c)` that is `system(c)`. */
  alias(name: string, file: FileId): string {
    const { macros } = this.product;
    for (let hops = 0; hops < FARTHEST; hops++) {
      const found = macros.applied(name, file)?.macro;
      const inner = found && passedCall(found);
      if (found && inner?.args.map(({ path }) => path).join() !== found.params?.join()) return name;
      const next = inner?.path ?? macros.meaning(name, file)?.macro.body ?? '';
      if (!/^[A-Za-z_]\w*$/.test(next)) return name;
      name = next;
    }
    return name;
  }

  private expand(linked: LinkedFile, call: CallFact): Expanded {
    const { macros } = this.product;
    let callee = call.path;
    let args: readonly Located[] = call.args.map((fact) => ({ linked, fact }));
    const site: Site = { linked, offset: call.start };
    const seen = new Set<string>();
    for (let hops = 0; hops < FARTHEST && !seen.has(callee); hops++) {
      seen.add(callee);
      const found = macros.applied(callee, linked.file);
      if (found) {
        const inner = passedCall(found.macro);
        const bound = inner && parameters(found.macro.params ?? [], args);
        if (!bound) break;
        const there = this.product.fileOf(found.file);
        args = inner.args.flatMap((fact) =>
          given({ linked: there, fact, bound: bound.names, site }, bound.others),
        );
        if (args.length > MOST_ARGUMENTS) break;
        callee = inner.path;
        continue;
      }
      const name = macros.meaning(callee, linked.file)?.macro.body ?? '';
      if (!/^[A-Za-z_]\w*$/.test(name)) break;
      callee = name;
    }
    return { callee, args };
  }
}

/** What the parameters of a macro stand for, and what is left for `...`; undefined where their numbers differ. */
export function parameters(
  params: readonly string[],
  args: readonly Located[],
): { names: ReadonlyMap<string, Located>; others: readonly Located[] } | undefined {
  const names = new Map<string, Located>();
  for (const [index, name] of params.entries()) {
    if (name === '') break;
    if (name.endsWith('...')) return { names, others: args.slice(index) };
    const argument = args[index];
    if (!argument) return undefined;
    names.set(name, argument);
  }
  return args.length > names.size ? undefined : { names, others: [] };
}

/** A parameter alone is the argument itself, and keeps its place. */
function given(here: Located, others: readonly Located[]): readonly Located[] {
  const { fact, bound } = here;
  if (fact.kind !== 'name' || fact.casts) return [here];
  if (fact.path === '__VA_ARGS__') return others;
  const argument = bound?.get(fact.path ?? '');
  return [argument ?? here];
}

/** What stands in the code for an argument that a macro adds: the whole call. */
export function shownFor(call: CallFact): ExprFact {
  return { kind: 'other', start: call.start, end: call.end, text: call.path };
}
