/** Imports and exports of a TypeScript or JavaScript file, as its statements spell them. */
import type { ExportFact, ImportFact } from './model.js';
import { named } from './ts-lower.js';
import { unquote } from './literals.js';
import type { Syntax } from '../syntax.js';

/** `import a, { b as c } from 'm'`, `import * as n from 'm'`, `import x = require('m')`. */
export function readImports(statement: Syntax, text: string): ImportFact[] {
  const slice = (node: Syntax): string => text.slice(node.startIndex, node.endIndex);
  const span = { start: statement.startIndex, end: statement.endIndex };
  const imports: ImportFact[] = [];
  const required = statement.namedChildren.find((child) => child.type === 'import_require_clause');
  if (required) {
    const source = required.childForFieldName('source');
    const local = required.firstNamedChild;
    if (source && local)
      imports.push({ ...span, local: slice(local), module: unquote(slice(source)), imported: 'default' });
    return imports;
  }
  const source = statement.childForFieldName('source');
  const clause = statement.namedChildren.find((child) => child.type === 'import_clause');
  if (!source || !clause) return imports;
  const module = unquote(slice(source));
  for (const child of named(clause)) {
    if (child.type === 'identifier')
      imports.push({ ...span, local: slice(child), module, imported: 'default' });
    else if (child.type === 'namespace_import') {
      const local = child.firstNamedChild;
      if (local) imports.push({ ...span, local: slice(local), module, imported: '*' });
    } else if (child.type === 'named_imports')
      for (const specifier of named(child)) {
        const name = specifier.childForFieldName('name');
        if (!name) continue;
        const alias = specifier.childForFieldName('alias');
        imports.push({ ...span, local: slice(alias ?? name), module, imported: slice(name) });
      }
  }
  return imports;
}

/** `export const a = …`, `export { a as b } from './m'`, `export * from './m'`, `export default a`. */
export function readExports(statement: Syntax, text: string): ExportFact[] {
  const slice = (node: Syntax): string => text.slice(node.startIndex, node.endIndex);
  const exports: ExportFact[] = [];
  const source = statement.childForFieldName('source');
  const from = source ? { from: unquote(slice(source)) } : {};
  const declaration = statement.childForFieldName('declaration');
  if (declaration)
    for (const node of declaration.type.endsWith('_declaration') && !declaration.childForFieldName('name')
      ? named(declaration)
      : [declaration]) {
      const name = node.childForFieldName('name');
      if (name?.type.endsWith('identifier')) exports.push({ name: slice(name), local: slice(name) });
    }
  for (const child of named(statement)) {
    if (child.type !== 'export_clause') continue;
    for (const specifier of named(child)) {
      const name = specifier.childForFieldName('name');
      const alias = specifier.childForFieldName('alias');
      if (name) exports.push({ name: slice(alias ?? name), local: slice(name), ...from });
    }
  }
  if (source && !statement.namedChildren.some((child) => child.type === 'export_clause'))
    exports.push({ name: '*', local: '*', ...from });
  const value = statement.childForFieldName('value');
  if (value?.type === 'identifier') exports.push({ name: 'default', local: slice(value) });
  return exports;
}
