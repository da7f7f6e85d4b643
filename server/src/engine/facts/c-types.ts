/** How large a variable of C is declared: what the tree says beside the name. */
import type { Syntax } from '../syntax.js';
import type { ExprFact } from './model.js';
import type { Declaration } from './variables.js';

/**
 * Declarations of one top-level item, or of a whole file, with the sizes of arrays added. Places of the declarations
 * count from the start of `item`'s text.
 */
export function withSizes(
  declarations: readonly Declaration[],
  item: Syntax,
  lower: (node: Syntax) => ExprFact,
): readonly Declaration[] {
  return declarations.map((declaration) => {
    const { start, end } = declaration.declared;
    const dims = start === end ? [] : sizes(item.at(item.startIndex + start, item.startIndex + end), lower);
    return dims.length > 0 ? { ...declaration, dims } : declaration;
  });
}

/** The outermost first; `null` for `[]`. */
function sizes(name: Syntax, lower: (node: Syntax) => ExprFact): (ExprFact | null)[] {
  const found: (ExprFact | null)[] = [];
  let child = name;
  for (let outer = name.parent; outer?.type === 'array_declarator'; child = outer, outer = outer.parent) {
    if (outer.childForFieldName('declarator')?.id !== child.id) break;
    const size = outer.childForFieldName('size');
    found.push(size ? lower(size) : null);
  }
  return found;
}
