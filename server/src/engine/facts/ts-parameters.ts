/** Parameters that have one value only: their default, where nobody passes another. */
import { type Syntax, named } from '../syntax.js';

interface File {
  readonly root: Syntax;
  readonly names: { offsets(name: string): readonly number[] };
}

/** Whether a function of this file alone is called somewhere, and never with an argument at that position. */
export function isDefaultOnly({ root, names }: File, owner: Syntax, index: number): boolean {
  const name = ownName(owner);
  if (!name || index < 0) return false;
  let calls = 0;
  for (const offset of names.offsets(name.text)) {
    const node = root.at(offset, offset + name.text.length);
    if (node.id === name.id || node.type === 'property_identifier' || !node.type.endsWith('identifier'))
      continue;
    const call = node.parent;
    if (call?.type !== 'call_expression' || call.childForFieldName('function')?.id !== node.id) return false;
    const list = call.childForFieldName('arguments');
    const args = list ? named(list) : [];
    if (args.some((argument) => argument.type === 'spread_element')) return false;
    const given = args[index];
    if (given && given.type !== 'undefined') return false;
    calls++;
  }
  return calls > 0;
}

/** The name by which alone a function can be called; none where it is exported or a method. */
function ownName(owner: Syntax): Syntax | undefined {
  const holder = /^(?:generator_)?function_declaration$/.test(owner.type)
    ? owner
    : owner.parent?.type === 'variable_declarator'
      ? owner.parent
      : undefined;
  const name = holder?.childForFieldName('name');
  const statement = holder?.type === 'variable_declarator' ? holder.parent : holder;
  if (name?.type !== 'identifier' || statement?.parent?.type === 'export_statement') return undefined;
  return name;
}
