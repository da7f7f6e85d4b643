/** Imports and exports of a TypeScript or JavaScript file, as its statements spell them. */
import type { ExportFact, ExprFact, ImportFact, RequiredFact, VariableFact } from './model.js';
import { isDefaultExport } from './ts-objects.js';
import { unquote } from './literals.js';
import { type Syntax, named } from '../syntax.js';

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
  if (isDefaultExport(statement, text)) {
    // A default export without a name is a variable called `default`.
    const value = declaration?.childForFieldName('name') ?? statement.childForFieldName('value');
    const local = value?.type.endsWith('identifier') === true ? slice(value) : 'default';
    return [{ name: 'default', local }];
  }
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
  const namespace = statement.namedChildren.find((child) => child.type === 'namespace_export');
  if (source && namespace)
    exports.push({
      name: namespace.firstNamedChild ? slice(namespace.firstNamedChild) : '',
      local: '*',
      ...from,
    });
  else if (source && !statement.namedChildren.some((child) => child.type === 'export_clause'))
    exports.push({ name: '*', local: '*', ...from });
  return exports;
}

/** More members of one module than these are not looked up in it. */
const MOST_MEMBERS = 40;

/** What a file takes from others by `require`, `import()` and `import * as`: the members it names. */
export function requiredBy(
  variables: readonly VariableFact[],
  imports: readonly ImportFact[],
  inPlace: readonly RequiredFact[],
  file: { readonly text: string; readonly names: { offsets(name: string): readonly number[] } },
): { required?: readonly RequiredFact[] } {
  const required: RequiredFact[] = [...inPlace];
  const members = (local: string): string[] => {
    const found = new Set<string>();
    for (const offset of file.names.offsets(local)) {
      const behind = file.text.slice(offset + local.length, offset + local.length + 80);
      const member = /^\s*\??\.\s*([A-Za-z_$][\w$]*)/.exec(behind)?.[1];
      if (member !== undefined && found.size < MOST_MEMBERS) found.add(member);
    }
    return found.size > 0 ? [...found] : ['*'];
  };
  for (const { name, takenFrom, init, writes } of variables) {
    const source = takenFrom ?? init ?? writes.find((write) => write.field === '')?.value;
    const module = source && relativeModule(source);
    const inner = source?.kind === 'member' ? source.parts?.[0] : undefined;
    const outer = inner && relativeModule(inner);
    if (module !== undefined) for (const member of members(name)) required.push({ module, name: member });
    else if (outer !== undefined)
      required.push({ module: outer, name: source?.operator?.split('.')[0] ?? '*' });
  }
  for (const { local, module, imported } of imports)
    if (imported === '*' && module.startsWith('.'))
      for (const member of members(local)) required.push({ module, name: member });
  return required.length > 0 ? { required } : {};
}

/** `./config` of `require('./config')`. */
export function relativeModule({ kind, call }: Pick<ExprFact, 'kind' | 'call'>): string | undefined {
  const specifier =
    kind === 'call' && /^(?:require|import)$/.test(call?.path ?? '') ? call?.args[0]?.value : undefined;
  return specifier?.startsWith('.') ? specifier : undefined;
}
