/** Declarators of C: what a name is declared as. */
import { isShouting } from '../facts/names.js';
import { Places } from '../facts/places.js';
import { type Syntax, named } from '../syntax.js';
import type { Ex } from './ir.js';

export interface Declared {
  readonly name: string;
  readonly at: Syntax;
  /** Type with its pointers and `const`: `const uint8_t *`. */
  readonly type: string;
  /** Expressions of array dimensions, outermost first; undefined for `[]`. */
  readonly dims: readonly (Syntax | undefined)[];
  readonly value: Syntax | undefined;
  /** A prototype: no variable. */
  readonly isFunction: boolean;
}

/** What the declarators of a declaration, a parameter or a field declare. */
export function declaredBy(declaration: Syntax): Declared[] {
  let type = '';
  let isConst = false;
  const found: Declared[] = [];
  for (const child of declaration.namedChildren)
    switch (child.type) {
      case 'type_qualifier':
        isConst ||= child.text === 'const';
        break;
      case 'primitive_type':
      case 'type_identifier':
      case 'sized_type_specifier':
        type = child.text;
        break;
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        type =
          `${child.type.slice(0, -'_specifier'.length)} ${child.childForFieldName('name')?.text ?? ''}`.trim();
        break;
      default:
        if (/declarator$|^identifier$|^field_identifier$/.test(child.type)) {
          const each = unwrap(child, isConst ? `const ${type}` : type);
          if (each) found.push(each);
        }
    }
  return found;
}

function unwrap(declarator: Syntax, type: string): Declared | undefined {
  const dims: (Syntax | undefined)[] = [];
  let stars = '';
  let value: Syntax | undefined;
  let isFunction = false;
  let behindPointer = false;
  let node: Syntax | null = declarator;
  for (let hops = 0; node && hops < 20; hops++)
    switch (node.type) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier':
        return {
          name: node.text,
          at: node,
          type: stars === '' ? type : `${type} ${stars}`,
          dims,
          value,
          isFunction: isFunction && !behindPointer,
        };
      case 'init_declarator':
        value = node.childForFieldName('value') ?? undefined;
        node = node.childForFieldName('declarator');
        break;
      case 'pointer_declarator':
        stars += '*';
        if (isFunction) behindPointer = true;
        node = node.childForFieldName('declarator');
        break;
      case 'array_declarator':
        dims.unshift(node.childForFieldName('size') ?? undefined);
        node = node.childForFieldName('declarator');
        break;
      case 'function_declarator':
        isFunction = true;
        node = node.childForFieldName('declarator');
        break;
      case 'parenthesized_declarator':
      case 'attributed_declarator':
        node = node.namedChildren.find((child) => /declarator$|identifier$/.test(child.type)) ?? null;
        break;
      default:
        return undefined;
    }
  return undefined;
}

/**
 * Elements that an initialiser gives an array without a size. A word in capitals may be a macro that brings any
 * number of them.
 */
export function elementsOf(value: Syntax, init: Ex): number | undefined {
  if (init[0] === 's') return /^[ -~\t\r\n]*$/.test(init[3]) ? init[3].length + 1 : undefined;
  if (value.type !== 'initializer_list') return undefined;
  const places = new Places();
  for (const child of named(value)) {
    const word = child.type === 'call_expression' ? child.childForFieldName('function') : child;
    if (child.type === 'string_literal' || (word?.type === 'identifier' && isShouting(word.text)))
      return undefined;
    const designators = child.type === 'initializer_pair' ? child.childrenForFieldName('designator') : [];
    if (designators.length > 0) places.designated(designators.map(({ text }) => text).join(''));
    else places.next();
  }
  return places.total;
}
