/** Where a TypeScript name is declared and what happens to it: reads the nodes at its occurrences, nothing else. */
import { type Syntax, named } from '../syntax.js';
import type { Functions } from './functions.js';
import type { ExprFact } from './model.js';
import type { Names } from './names.js';
import { getterValue, plainTsType } from './ts-lower.js';
import { classObject, defaultExport, enumObject, moduleExports } from './ts-objects.js';
import { isDefaultOnly } from './ts-parameters.js';
import type { Declaration, Use } from './variables.js';

/** The file around a name. */
export interface TsFileView {
  readonly text: string;
  readonly root: Syntax;
  readonly names: Names;
  readonly functions: Functions;
  /** Names that other files take from this one. */
  readonly asked: readonly string[];
  lower(node: Syntax): ExprFact;
  lowerFunction(node: Syntax): number | undefined;
}

export class TsVariables {
  constructor(private readonly file: TsFileView) {}

  /** Declarations and uses of a plain name. */
  story(name: string): { declarations: Declaration[]; uses: Use[] } {
    const { file } = this;
    const module = {
      text: file.text,
      root: file.root,
      names: file.names,
      lower: (node: Syntax) => file.lower(node),
    };
    if (name === 'default') return defaultExport(module);
    if (name === 'module.exports') return moduleExports(module, file.asked);
    const declarations: Declaration[] = [];
    const uses: Use[] = [];
    for (const offset of this.file.names.offsets(name)) {
      const node = this.file.root.at(offset, offset + name.length);
      if (node.endIndex - node.startIndex !== name.length) continue;
      if (
        !/^(identifier|type_identifier|shorthand_property_identifier|shorthand_property_identifier_pattern)$/.test(
          node.type,
        )
      )
        continue;
      const declaration = this.declaration(name, node);
      const former = declaration && declarations.find((each) => isSameVar(each, declaration));
      // A `var` that is declared again is the same variable.
      if (declaration && former && declaration.init)
        uses.push({
          kind: 'write',
          write: { ...declaration.declared, field: '', value: declaration.init, compound: false },
        });
      else if (declaration && !former) declarations.push(declaration);
      else if (!declaration && node.type !== 'type_identifier') uses.push(...this.use(node));
    }
    return { declarations, uses };
  }

  private declaration(name: string, node: Syntax): Declaration | undefined {
    const declared = { start: node.startIndex, end: node.endIndex };
    let taken = '';
    let fallback: Syntax | undefined;
    let child = node;
    for (let parent = node.parent; parent; child = parent, parent = parent.parent)
      switch (parent.type) {
        case 'object_pattern':
        case 'array_pattern':
        case 'rest_pattern':
          if (taken === '' && child === node) taken = name;
          if (parent.type === 'array_pattern') taken = positionIn(parent, child, taken, this.file.text);
          else if (parent.type !== 'object_pattern') taken = '?';
          break;
        case 'pair_pattern': {
          if (parent.childForFieldName('value')?.id !== child.id) return undefined;
          const key = parent.childForFieldName('key')?.text ?? '?';
          taken = taken === '' ? key : `${key}.${taken}`;
          break;
        }
        case 'object_assignment_pattern':
        case 'assignment_pattern':
          if (parent.childForFieldName('left')?.id !== child.id) return undefined;
          fallback = parent.childForFieldName('right') ?? undefined;
          if (taken === '' && node.type === 'shorthand_property_identifier_pattern') taken = name;
          break;
        case 'variable_declarator': {
          if (parent.childForFieldName('name')?.id !== child.id) return undefined;
          const value = parent.childForFieldName('value');
          const type = parent.childForFieldName('type')?.text;
          const scope = this.scopeOf(parent, parent.parent?.type === 'variable_declaration');
          const from = taken !== '' && value ? this.member(this.file.lower(value), taken) : undefined;
          return {
            name,
            declared,
            scope: { start: scope.start, end: scope.end },
            kind: scope.whole ? 'global' : 'local',
            ...(type !== undefined && taken === '' && { type: plainTsType(type) }),
            ...(value && taken === '' && { init: this.file.lower(value) }),
            ...(from && { takenFrom: from }),
          };
        }
        case 'required_parameter':
        case 'optional_parameter':
        case 'formal_parameters':
        case 'arrow_function': {
          if (parent.type === 'arrow_function' && parent.childForFieldName('parameter')?.id !== child.id)
            return undefined;
          if (parent.type.endsWith('_parameter') && parent.childForFieldName('pattern')?.id !== child.id)
            return undefined;
          const list = parent.type.endsWith('_parameter') ? parent.parent : parent;
          const owner =
            parent.type === 'arrow_function'
              ? parent
              : list?.type === 'formal_parameters'
                ? list.parent
                : null;
          if (!owner) return undefined;
          const func = this.file.functions.at(owner.startIndex) ?? -1;
          const index =
            parent.type.endsWith('_parameter') && list
              ? named(list).findIndex((each) => each.id === parent.id)
              : 0;
          const type = parent.childForFieldName('type')?.text;
          const init = parent.childForFieldName('value') ?? fallback;
          return {
            name,
            declared,
            scope: { start: owner.startIndex, end: owner.endIndex },
            kind: 'parameter',
            ...(type !== undefined && taken === '' && { type: plainTsType(type) }),
            ...(init && { init: this.file.lower(init) }),
            ...(init && taken === '' && isDefaultOnly(this.file, owner, index) && { settled: true as const }),
            parameter: { func, index: taken === '' ? index : -1 },
          };
        }
        case 'function_declaration':
        case 'generator_function_declaration': {
          if (parent.childForFieldName('name')?.id !== child.id) return undefined;
          const scope = this.scopeOf(parent);
          const func = this.file.lowerFunction(parent);
          return {
            name,
            declared,
            scope: { start: scope.start, end: scope.end },
            kind: 'global',
            init: { kind: 'function', ...declared, text: name, ...(func !== undefined && { func }) },
          };
        }
        case 'enum_declaration':
        case 'class_declaration':
        case 'abstract_class_declaration': {
          if (parent.childForFieldName('name')?.id !== child.id) return undefined;
          const scope = this.scopeOf(parent);
          const lowered = (each: Syntax): ExprFact => this.file.lower(each);
          return {
            name,
            declared,
            scope: { start: scope.start, end: scope.end },
            kind: 'global',
            ...(parent.type === 'enum_declaration' && { constant: true }),
            init:
              parent.type === 'enum_declaration'
                ? enumObject(parent, lowered)
                : classObject(parent, this.file.text, lowered),
          };
        }
        case 'for_in_statement': {
          if (parent.childForFieldName('left')?.id !== child.id || !parent.childForFieldName('kind'))
            return undefined;
          const scope = { start: parent.startIndex, end: parent.endIndex };
          return { name, declared, scope, kind: 'local' };
        }
        case 'catch_clause': {
          if (parent.childForFieldName('parameter')?.id !== child.id) return undefined;
          return {
            name,
            declared,
            scope: { start: parent.startIndex, end: parent.endIndex },
            kind: 'parameter',
            type: 'Error',
          };
        }
        default:
          return undefined;
      }
    return undefined;
  }

  private member(object: ExprFact, field: string): ExprFact {
    const { path } = object;
    if (path === undefined || field === '?')
      return {
        kind: 'member',
        start: object.start,
        end: object.end,
        text: object.text,
        operator: field,
        parts: [object],
      };
    return {
      kind: 'member',
      start: object.start,
      end: object.end,
      text: object.text,
      path: `${path}.${field}`,
    };
  }

  /** `ofFunction`: of a `var`, which no block holds. */
  private scopeOf(node: Syntax, ofFunction = false): { start: number; end: number; whole: boolean } {
    for (let outer = node.parent; outer; outer = outer.parent)
      if (
        (!ofFunction || /function|method|^class_static_block$/.test(outer.parent?.type ?? '')) &&
        /^(statement_block|for_statement|for_in_statement|switch_body|class_static_block)$/.test(outer.type)
      )
        return { start: outer.startIndex, end: outer.endIndex, whole: false };
    return { start: 0, end: this.file.text.length, whole: true };
  }

  /** `this.client`: its definition, the parameter property of a constructor, and what is written to it in its class. */

  fieldStory(path: string): { declarations: Declaration[]; uses: Use[] } {
    const name = path.slice('this.'.length);
    const declarations = new Map<number, Declaration>();
    const uses: Use[] = [];
    const hash = name.startsWith('#') ? 1 : 0;
    for (const place of this.file.names.offsets(name.slice(hash))) {
      const offset = place - hash;
      const node = this.file.root.at(offset, offset + name.length);
      if (!node.parent || node.endIndex - node.startIndex !== name.length) continue;
      const parent = node.parent;
      const owner = classOf(node);
      if (!owner) continue;
      const declared = { start: node.startIndex, end: node.endIndex };
      const field = (extra: Partial<Declaration>): void => {
        declarations.set(owner.startIndex, {
          ...(declarations.get(owner.startIndex) ?? {
            name: path,
            declared,
            scope: { start: owner.startIndex, end: owner.endIndex },
            kind: 'field' as const,
          }),
          ...extra,
        });
      };
      if (parent.type === 'public_field_definition' && parent.childForFieldName('name')?.id === node.id) {
        const type = parent.childForFieldName('type')?.text;
        const value = parent.childForFieldName('value');
        field({
          ...(type !== undefined && { type: plainTsType(type) }),
          ...(value && { init: this.file.lower(value) }),
        });
      } else if (
        parent.type === 'required_parameter' &&
        parent.namedChildren.some((each) => each.type === 'accessibility_modifier')
      ) {
        const type = parent.childForFieldName('type')?.text;
        if (type !== undefined) field({ type: plainTsType(type) });
      } else if (parent.type === 'method_definition' && parent.childForFieldName('name')?.id === node.id) {
        const given = getterValue(parent, (child) => (child ? this.file.lower(child) : NOTHING));
        if (given) field({ init: given });
      } else if (parent.type === 'member_expression' && parent.childForFieldName('object')?.type === 'this') {
        field({});
        uses.push(...this.use(parent));
      }
    }
    return { declarations: [...declarations.values()], uses };
  }

  private use(node: Syntax): Use[] {
    const at = { start: node.startIndex, end: node.endIndex };
    const fields: string[] = [];
    let whole = node;
    let parent = node.parent;
    for (; parent; whole = parent, parent = parent.parent) {
      if (parent.type === 'member_expression' && parent.childForFieldName('object')?.id === whole.id)
        fields.push(parent.childForFieldName('property')?.text ?? '');
      else if (
        parent.type === 'subscript_expression' &&
        parent.childForFieldName('object')?.id === whole.id
      ) {
        const index = parent.childForFieldName('index');
        fields.push(index?.type === 'string' ? index.text.slice(1, -1) : '[]');
      } else if (!/^(parenthesized|non_null|as|satisfies|await)_expression$/.test(parent.type)) break;
    }
    const field = fields.join('.');
    const escape: Use[] = field === '' ? [{ kind: 'escape', at, byAddress: false }] : [];
    switch (parent?.type) {
      case 'assignment_expression':
      case 'augmented_assignment_expression': {
        const right = parent.childForFieldName('right');
        if (parent.childForFieldName('left')?.id !== whole.id || !right) return escape;
        const compound = parent.type === 'augmented_assignment_expression';
        return [{ kind: 'write', write: { ...at, field, value: this.file.lower(right), compound } }];
      }
      case 'call_expression':
        // `list.sort()` writes into the list itself.
        return MUTATORS.has(fields.at(-1) ?? '') && parent.childForFieldName('function')?.id === whole.id
          ? [{ kind: 'write', write: { ...at, field: mutated(fields), value: NOTHING, compound: true } }]
          : [];
      case 'unary_expression':
        return parent.childForFieldName('operator')?.text === 'delete'
          ? [{ kind: 'escape', at, byAddress: false }]
          : [];
      case 'update_expression':
        return [{ kind: 'write', write: { ...at, field, value: this.file.lower(whole), compound: true } }];
      case 'arguments': {
        const call = parent.parent;
        const callee = call?.childForFieldName('function') ?? call?.childForFieldName('constructor');
        if (!callee) return escape;
        const index = named(parent).findIndex((argument) => argument.id === whole.id);
        return [{ kind: 'pass', pass: { ...at, callee: callee.text, index, field, byAddress: false } }];
      }
      case 'variable_declarator':
      case 'return_statement':
      case 'pair':
      case 'object':
      case 'array':
      case 'arrow_function':
        return parent.childForFieldName('name')?.id === whole.id ? [] : escape;
      default:
        return [];
    }
  }
}

const NOTHING: ExprFact = { kind: 'other', start: 0, end: 0, text: '' };

const MUTATORS = new Set(['copyWithin', 'fill', 'pop', 'reverse', 'shift', 'sort', 'splice', 'unshift']);

function mutated(fields: readonly string[]): string {
  return [...fields.slice(0, -1), '[]'].join('.');
}

function isSameVar(a: Declaration, b: Declaration): boolean {
  return (
    a.scope.start === b.scope.start &&
    a.scope.end === b.scope.end &&
    a.kind === b.kind &&
    a.kind !== 'parameter' &&
    !b.takenFrom
  );
}

/** `1.name` for what stands second in `[a, { name }]`; `?` where that cannot be counted. */
function positionIn(pattern: Syntax, child: Syntax, taken: string, text: string): string {
  const before = named(pattern).filter((each) => each.startIndex < child.startIndex);
  if (child.type === 'rest_pattern' || before.some((each) => each.type !== 'identifier')) return '?';
  const index = text.slice(pattern.startIndex, child.startIndex).split(',').length - 1;
  const own = child.type === 'identifier' || child.type === 'assignment_pattern';
  return own || taken === '' ? String(index) : `${String(index)}.${taken}`;
}

function classOf(node: Syntax): Syntax | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.type === 'class_body') return outer;
  return undefined;
}
