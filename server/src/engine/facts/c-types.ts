/** How large a variable of C is declared: what the tree says beside the name. */
import type { Syntax } from '../syntax.js';
import type { ExprFact } from './model.js';

/** Sizes of the array that a name is declared as, the outermost first; `null` for `[]`, none for no array. */
export function sizesOf(name: Syntax, lower: (node: Syntax) => ExprFact): (ExprFact | null)[] {
  const found: (ExprFact | null)[] = [];
  let child = name;
  for (let outer = name.parent; outer?.type === 'array_declarator'; child = outer, outer = outer.parent) {
    if (outer.childForFieldName('declarator')?.id !== child.id) break;
    const size = outer.childForFieldName('size');
    found.push(size ? lower(size) : null);
  }
  return found;
}
