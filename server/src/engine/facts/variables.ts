/** Puts declarations and uses of one name together: each use belongs to the innermost declaration that can see it. */
import type { PassFact, Span, VariableFact, WriteFact } from './model.js';

export type Declaration = Omit<VariableFact, 'writes' | 'passed' | 'escapes' | 'pointedAt'>;

export type Use =
  | { readonly kind: 'write'; readonly write: WriteFact }
  | { readonly kind: 'pass'; readonly pass: PassFact }
  | { readonly kind: 'escape'; readonly at: Span; readonly byAddress: boolean };

export function joinVariables(declarations: readonly Declaration[], uses: readonly Use[]): VariableFact[] {
  const joined = declarations.map((declaration) => ({
    ...declaration,
    writes: [] as WriteFact[],
    passed: [] as PassFact[],
    escapes: false,
    pointedAt: false,
  }));
  for (const use of uses) {
    const at = use.kind === 'write' ? use.write.start : use.kind === 'pass' ? use.pass.start : use.at.start;
    let owner: (typeof joined)[number] | undefined;
    for (const candidate of joined)
      if (
        candidate.scope.start <= at &&
        at < candidate.scope.end &&
        (!owner || candidate.scope.start >= owner.scope.start)
      )
        owner = candidate;
    if (!owner) continue;
    if (use.kind === 'write') owner.writes.push(use.write);
    else if (use.kind === 'pass') owner.passed.push(use.pass);
    else {
      owner.escapes = true;
      owner.pointedAt ||= use.byAddress;
    }
  }
  return joined;
}
