/** Lowers what stands at the top of a C file: functions to graphs, globals, enumerations and structs to data. */
import { type Syntax, named } from '../syntax.js';
import { Builder, TooLarge } from './builder.js';
import { CStatements } from './c-statements.js';
import { declaredBy } from './c-types.js';
import type { FlowFunction } from './ir.js';

/**
 * A function definition as a graph. `base` is added to all offsets, for texts that are parsed apart from their file.
 * A function that is too large has no blocks, and `given` says why.
 */
export function lowerC(node: Syntax, base = 0): FlowFunction {
  const span = { start: base + node.startIndex, end: base + node.endIndex };
  const [declared] = declaredBy(node);
  const head = {
    name: declared?.name ?? '',
    kind: 'function' as const,
    ...(named(node).some((child) => child.type === 'storage_class_specifier' && child.text === 'static') && {
      internal: 1 as const,
    }),
    ...(declared && { type: declared.type }),
  };
  const builder = new Builder();
  try {
    return new CStatements(builder, base).definition(node, span, head);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { ...span, ...head, params: 0, vars: [], blocks: [], given: error.message };
  }
}

/** Everything that a top-level item of a C file gives: itself, and the structs and enumerations it defines. */
export function lowerCItem(node: Syntax, base = 0): FlowFunction[] {
  switch (node.type) {
    case 'function_definition':
      return [lowerC(node, base)];
    case 'declaration': {
      const types = node.namedChildren.flatMap((child) => lowerCItem(child, base));
      const data = lowerData(node, base);
      return data ? [...types, data] : types;
    }
    case 'type_definition': {
      const [type] = named(node).filter((child) => child.type.endsWith('_specifier'));
      const name = declaredBy(node).find(({ type: written }) => !written.includes('*'))?.name;
      return type ? lowerType(type, base, name) : [];
    }
    case 'struct_specifier':
    case 'union_specifier':
    case 'enum_specifier':
      return lowerType(node, base, undefined);
    default:
      return [];
  }
}

/** Globals with their initialisers: command tables, ops structs, buffers. */
function lowerData(node: Syntax, base: number): FlowFunction | undefined {
  const declared = declaredBy(node).filter(({ isFunction }) => !isFunction);
  if (declared.length === 0) return undefined;
  const builder = new Builder();
  const lowering = new CStatements(builder, base);
  try {
    lowering.declaration(node);
    const internal = node.namedChildren.some((child) => child.text === 'static');
    return builder.finish(
      { start: base + node.startIndex, end: base + node.endIndex },
      { name: declared[0]?.name ?? '', kind: 'data', params: 0, ...(internal && { internal: 1 as const }) },
    );
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return undefined;
  }
}

function lowerType(node: Syntax, base: number, alias: string | undefined): FlowFunction[] {
  const body = node.childForFieldName('body');
  if (!body) return [];
  const span = { start: base + node.startIndex, end: base + node.endIndex };
  const builder = new Builder();
  const lowering = new CStatements(builder, base);
  try {
    if (node.type === 'enum_specifier') {
      lowering.enumeration(body);
      return [builder.finish(span, { name: '', kind: 'data', params: 0 })];
    }
    lowering.fields(body);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return [];
  }
  const word = node.type.slice(0, -'_specifier'.length);
  const own = node.childForFieldName('name')?.text;
  return [...(own === undefined ? [] : [`${word} ${own}`]), ...(alias === undefined ? [] : [alias])].map(
    (name) => builder.finish(span, { name, kind: 'record', params: 0 }),
  );
}
