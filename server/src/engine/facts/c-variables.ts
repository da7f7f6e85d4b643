/** Where a C name is declared and what happens to it: reads the nodes at its occurrences, nothing else. */
import { type Syntax, named } from '../syntax.js';
import { plainType } from './c-lower.js';
import { sizesOf } from './c-types.js';
import type { Functions } from './functions.js';
import type { Interest } from './interest.js';
import type { ExprFact } from './model.js';
import { MOST_PLACES } from './names.js';
import type { Declaration, Use } from './variables.js';

/** The item around a name. */
export interface CItemView {
  readonly functions: Functions;
  readonly interest: Interest;
  /** The node that spans just these places, in the first variant where it is code. */
  nodeAt(start: number, end: number): Syntax | undefined;
  lower(node: Syntax): ExprFact;
}

export interface Story {
  /** The scope of a global is left to whoever knows the file. */
  readonly declarations: readonly Declaration[];
  readonly uses: readonly Use[];
}

export class CVariables {
  constructor(private readonly item: CItemView) {}

  /** Declarations and uses of a name that stands at these offsets. */
  story(name: string, offsets: readonly number[]): Story {
    const declarations: Declaration[] = [];
    const uses: Use[] = [];
    if (offsets.length > MOST_PLACES) return { declarations, uses };
    for (const offset of offsets) {
      const node = this.item.nodeAt(offset, offset + name.length);
      if (node?.type !== 'identifier') continue;
      const declaration = this.declaration(name, node);
      if (declaration === 'function') continue;
      if (declaration) declarations.push(declaration);
      else uses.push(...this.use(node));
    }
    return { declarations, uses };
  }

  private declaration(name: string, node: Syntax): Declaration | 'function' | undefined {
    let child = node;
    let pointer = false;
    let init: Syntax | null = null;
    for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
      if (parent.type === 'function_declarator') {
        if (parent.childForFieldName('declarator')?.id === child.id && !pointer) return 'function';
        return undefined;
      }
      if (parent.type === 'declaration' || parent.type === 'parameter_declaration') {
        const typeNode = parent.childForFieldName('type');
        if (!typeNode || typeNode.id === child.id) return undefined;
        const scope = scopeOf(parent);
        const words = parent.namedChildren
          .filter(({ type }) => type === 'type_qualifier' || type === 'storage_class_specifier')
          .map(({ text }) => text);
        const has = (word: string): boolean => words.includes(word);
        const parameter = parent.type === 'parameter_declaration';
        const func = this.item.functions.around(scope.start);
        const index =
          parameter && parent.parent ? named(parent.parent).findIndex((each) => each.id === parent.id) : -1;
        const dims = sizesOf(node, (size) => this.item.lower(size));
        return {
          name,
          declared: { start: node.startIndex, end: node.endIndex },
          scope: { start: parent.startIndex, end: scope.node ? scope.end : parent.endIndex },
          kind: parameter ? 'parameter' : scope.node ? 'local' : 'global',
          type: plainType(typeNode.text),
          ...(pointer && { pointer }),
          ...(dims.length > 0 && { dims }),
          ...(has('const') && { constant: true }),
          ...(has('static') && { internal: true }),
          ...(init && { init: this.item.lower(init) }),
          ...(parameter && { parameter: { func, index } }),
        };
      }
      if (!parent.type.endsWith('declarator')) return undefined;
      if (
        parent.childForFieldName('declarator')?.id !== child.id &&
        parent.type !== 'parenthesized_declarator'
      )
        return undefined;
      if (parent.type === 'pointer_declarator') pointer = true;
      if (parent.type === 'init_declarator') init = parent.childForFieldName('value');
    }
    return undefined;
  }

  private use(node: Syntax): Use[] {
    const at = { start: node.startIndex, end: node.endIndex };
    const fields: string[] = [];
    let byAddress = false;
    let whole = node;
    let parent = node.parent;
    for (; parent; whole = parent, parent = parent.parent) {
      if (parent.type === 'field_expression' && parent.childForFieldName('argument')?.id === whole.id)
        fields.push(parent.childForFieldName('field')?.text ?? '');
      else if (
        parent.type === 'subscript_expression' &&
        parent.childForFieldName('argument')?.id === whole.id
      )
        fields.push('[]');
      else if (parent.type === 'pointer_expression')
        byAddress = parent.childForFieldName('operator')?.text === '&';
      else if (parent.type !== 'parenthesized_expression' && parent.type !== 'cast_expression') break;
    }
    const field = fields.join('.');
    switch (parent?.type) {
      case 'assignment_expression': {
        const right = parent.childForFieldName('right');
        if (parent.childForFieldName('left')?.id !== whole.id || !right)
          return byAddress || field === '' ? [{ kind: 'escape', at, byAddress }] : [];
        const compound = parent.childForFieldName('operator')?.text !== '=';
        return [{ kind: 'write', write: { ...at, field, value: this.item.lower(right), compound } }];
      }
      case 'update_expression':
        return [{ kind: 'write', write: { ...at, field, value: this.item.lower(whole), compound: true } }];
      case 'argument_list': {
        const call = parent.parent;
        const callee = call?.childForFieldName('function');
        if (!callee) return [];
        const index = named(parent).findIndex((argument) => argument.id === whole.id);
        return [{ kind: 'pass', pass: { ...at, callee: callee.text, index, field, byAddress } }];
      }
      case 'initializer_pair':
      case 'initializer_list':
        return (byAddress || field === '') && !this.inKnownStruct(parent)
          ? [{ kind: 'escape', at, byAddress }]
          : [];
      case 'init_declarator':
      case 'return_statement':
        return byAddress || field === '' ? [{ kind: 'escape', at, byAddress }] : [];
      default:
        return byAddress ? [{ kind: 'escape', at, byAddress }] : [];
    }
  }

  /** A config that points at another config: who is given the outer one leaves the inner one as it is. */
  private inKnownStruct(initializer: Syntax): boolean {
    for (let outer = initializer.parent; outer; outer = outer.parent) {
      if (outer.type === 'declaration' || outer.type === 'compound_literal_expression') {
        const type = outer.childForFieldName('type');
        return type !== null && this.item.interest.types.has(plainType(type.text));
      }
      if (!/^(initializer_list|initializer_pair|init_declarator)$/.test(outer.type)) return false;
    }
    return false;
  }
}

function scopeOf(declaration: Syntax): { node: Syntax | null; start: number; end: number } {
  for (let node = declaration.parent; node; node = node.parent)
    if (
      node.type === 'compound_statement' ||
      node.type === 'for_statement' ||
      node.type === 'function_definition' ||
      node.type === 'case_statement'
    )
      return { node, start: node.startIndex, end: node.endIndex };
  return { node: null, start: 0, end: 0 };
}

/** The declared name, unless it is a function's. */
export function identifierIn(declarator: Syntax): Syntax | undefined {
  let node: Syntax | null = declarator;
  while (node && node.type !== 'identifier') {
    if (node.type === 'function_declarator') return undefined;
    node =
      node.childForFieldName('declarator') ??
      (node.type === 'parenthesized_declarator' ? node.firstNamedChild : null);
  }
  return node ?? undefined;
}
