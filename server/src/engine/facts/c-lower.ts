/** Lowers C expressions from the tree to facts. */
import { characterValue, cut, negative, numberValue, unquote } from './literals.js';
import type { ExprFact, PropFact, Span } from './model.js';
import { isShouting, rootOf } from './names.js';
import { Places } from './places.js';
import { type Syntax, named } from '../syntax.js';

/** What lowering needs of the file around the expression. */
export interface LowerContext {
  readonly text: string;
  /** Told of every name met, so that its declaration is read too. */
  want(name: string): void;
  lowerCall(node: Syntax): ExprFact;
  /** Whether an `#if` stands inside a node; then the other variants of the same stretch may hold more. */
  isForked(node: Syntax): boolean;
  others(node: Syntax): Iterable<Syntax>;
}

/** Deeper nesting than this is not lowered: hostile input must not exhaust the stack. */
const DEEPEST = 60;

export function lower(node: Syntax, context: LowerContext, depth = 0): ExprFact {
  const span = { start: node.startIndex, end: node.endIndex };
  const text = cut(context.text.slice(span.start, span.end));
  const leaf = (kind: ExprFact['kind'], value?: string): ExprFact => ({
    kind,
    ...span,
    text,
    ...(value !== undefined && { value }),
  });
  if (depth > DEEPEST) return leaf('other');
  const below = (child: Syntax | null): ExprFact =>
    child ? lower(child, context, depth + 1) : { kind: 'other', start: span.end, end: span.end, text: '' };
  const field = (name: string): ExprFact => below(node.childForFieldName(name));
  switch (node.type) {
    case 'string_literal':
      return leaf('string', unquote(context.text.slice(span.start, span.end)));
    case 'concatenated_string':
      return { ...leaf('template'), parts: named(node).map(below) };
    case 'number_literal':
      return leaf('number', numberValue(text));
    case 'char_literal':
      return leaf('number', characterValue(text));
    case 'true':
    case 'false':
      return leaf('boolean', node.type);
    case 'null':
      return leaf('null', 'null');
    case 'identifier':
      context.want(text);
      return { ...leaf('name'), path: text };
    case 'field_expression': {
      const object = field('argument');
      const name = node.childForFieldName('field')?.text ?? '';
      return object.path === undefined
        ? { ...leaf('member'), parts: [object] }
        : { ...leaf('member'), path: `${object.path}.${name}` };
    }
    case 'subscript_expression':
      return { ...leaf('subscript'), parts: [field('argument'), field('index')] };
    case 'pointer_expression': {
      const operator = node.childForFieldName('operator')?.text ?? '*';
      return { ...leaf(operator === '&' ? 'address' : 'unary'), operator, parts: [field('argument')] };
    }
    case 'call_expression':
      return lowerCall(node, context);
    case 'parenthesized_expression':
      return below(node.firstNamedChild);
    case 'cast_expression': {
      const type = node.childForFieldName('type')?.text;
      const value = field('value');
      if (type === undefined) return value;
      return { ...value, type: plainType(type), casts: [...(value.casts ?? []), type] };
    }
    case 'unary_expression': {
      const operator = node.childForFieldName('operator')?.text ?? '';
      const operand = field('argument');
      // What it was without its sign decides how large it may be.
      if (operator === '-' && operand.kind === 'number' && operand.value !== undefined && !operand.casts)
        return { ...leaf('number', negative(operand.value)), parts: [operand] };
      return { ...leaf('unary'), operator, parts: [operand] };
    }
    case 'binary_expression':
    case 'comma_expression':
      return {
        ...leaf('binary'),
        operator: node.childForFieldName('operator')?.text ?? ',',
        parts: [field('left'), field('right')],
      };
    case 'assignment_expression':
      return {
        ...leaf('assignment'),
        operator: node.childForFieldName('operator')?.text ?? '=',
        parts: [field('left'), field('right')],
      };
    case 'conditional_expression':
      return {
        ...leaf('conditional'),
        parts: [field('condition'), field('consequence'), field('alternative')],
      };
    case 'sizeof_expression':
      return { ...leaf('sizeof'), parts: [sizedBy(node, below)] };
    case 'compound_literal_expression':
      return {
        ...field('value'),
        ...span,
        text,
        type: plainType(node.childForFieldName('type')?.text ?? ''),
      };
    case 'initializer_list':
      return lowerInitializer(node, span, text, below, context);
    default:
      return leaf('other');
  }
}

/** What a `sizeof` asks for: an expression, or a type. */
function sizedBy(node: Syntax, below: (child: Syntax | null) => ExprFact): ExprFact {
  const type = node.childForFieldName('type');
  if (!type) return below(node.childForFieldName('value'));
  return { kind: 'other', start: type.startIndex, end: type.endIndex, text: cut(type.text), type: type.text };
}

/** A call in capitals is a macro's: the names it is given count, whether or not anybody listens to it. */
function lowerCall(node: Syntax, context: LowerContext): ExprFact {
  const lowered = context.lowerCall(node);
  if (lowered.call && isShouting(lowered.call.path))
    for (const name of namesIn(lowered.call.args)) context.want(name);
  return lowered;
}

function namesIn(facts: readonly ExprFact[], depth = 0): string[] {
  if (depth > 8) return [];
  return facts.flatMap((fact) => [
    ...(fact.path === undefined ? [] : [rootOf(fact.path)]),
    ...namesIn([...(fact.parts ?? []), ...(fact.call?.args ?? [])], depth + 1),
  ]);
}

function lowerInitializer(
  node: Syntax,
  span: Span,
  text: string,
  below: (child: Syntax | null) => ExprFact,
  context: LowerContext,
): ExprFact {
  const props: PropFact[] = [];
  const items: ExprFact[] = [];
  let open = context.isForked(node);
  const places = new Places();
  const seen = new Set<string>();
  for (const child of [...named(node), ...(open ? [...context.others(node)].flatMap(named) : [])]) {
    const place = `${String(child.startIndex)}:${String(child.endIndex)}`;
    if (seen.has(place)) continue;
    seen.add(place);
    if (child.type === 'initializer_pair') {
      const keys = child.childrenForFieldName('designator');
      const key = keys
        .map((part) => context.text.slice(part.startIndex, part.endIndex).replace(/^\./, ''))
        .join('.');
      places.designated(key);
      if (keys.some((part) => part.type !== 'field_designator')) open = true;
      props.push({
        key,
        at: { start: child.startIndex, end: child.endIndex },
        value: below(child.childForFieldName('value')),
      });
    } else if (child.type === 'ERROR') open = true;
    else {
      places.next();
      items.push(below(child));
    }
  }
  const zero = items.length === 1 && props.length === 0 && items[0]?.value === '0';
  if (props.length === 0 && items.length > 0 && !zero)
    return { kind: 'array', ...span, text, parts: items, open: true };
  return {
    kind: 'object',
    ...span,
    text,
    props,
    ...((open || (items.length > 0 && !zero)) && { open: true }),
    ...(places.count !== undefined && { count: places.count }),
  };
}

/** A type without qualifiers, storage classes and pointers: `esp_tls_cfg_t`, `struct sockaddr_in`. */
export function plainType(type: string): string {
  return type
    .replace(/\b(const|volatile|static|extern|register|restrict)\b|[*&]|\[[^\]]*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
