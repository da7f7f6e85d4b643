/** Lowers TypeScript and JavaScript expressions from the tree to facts. */
import { cut, numberValue, unquote } from './literals.js';
import type { ExprFact, PropFact } from './model.js';
import { rootOf } from './names.js';
import type { Syntax } from '../syntax.js';

export interface TsLowerContext {
  readonly text: string;
  want(name: string): void;
  lowerCall(node: Syntax): ExprFact;
  /** Index of the function's facts; its returns are read. */
  lowerFunction(node: Syntax): number | undefined;
}

const DEEPEST = 60;

export function lower(node: Syntax, context: TsLowerContext, depth = 0): ExprFact {
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
    case 'string':
      return leaf('string', unquote(context.text.slice(span.start, span.end)));
    case 'template_string': {
      const whole = context.text.slice(span.start, span.end);
      if (!node.namedChildren.some((child) => child.type === 'template_substitution'))
        return leaf('string', unquote(whole));
      return { ...leaf('template'), parts: templateParts(node, context.text, below) };
    }
    case 'number':
      return leaf('number', numberValue(text));
    case 'true':
    case 'false':
      return leaf('boolean', node.type);
    case 'null':
    case 'undefined':
      return leaf('null', 'null');
    case 'regex':
      return leaf('regex');
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
      if (node.type !== 'this') context.want(text);
      return { ...leaf('name'), path: text };
    case 'member_expression': {
      const object = field('object');
      const name = node.childForFieldName('property')?.text ?? '';
      if (object.path === undefined) return { ...leaf('member'), operator: name, parts: [object] };
      const path = `${object.path}.${name}`;
      if (object.path === 'this') context.want(rootOf(path));
      return { ...leaf('member'), path };
    }
    case 'subscript_expression': {
      const object = field('object');
      const index = field('index');
      return object.path !== undefined && index.kind === 'string'
        ? { ...leaf('member'), path: `${object.path}.${index.value ?? ''}` }
        : { ...leaf('subscript'), parts: [object, index] };
    }
    case 'call_expression':
    case 'new_expression':
      return context.lowerCall(node);
    case 'object':
      return { ...leaf('object'), ...properties(node, below, context) };
    case 'array':
      return { ...leaf('array'), parts: named(node).map(below) };
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
    case 'method_definition': {
      const func = context.lowerFunction(node);
      return { ...leaf('function'), ...(func !== undefined && { func }) };
    }
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'await_expression':
      return below(node.firstNamedChild);
    case 'as_expression':
    case 'satisfies_expression': {
      const type = node.namedChild(1)?.text;
      return {
        ...below(node.firstNamedChild),
        ...(type !== undefined && type !== 'const' && { type: plainTsType(type) }),
      };
    }
    case 'unary_expression': {
      const operator = node.childForFieldName('operator')?.text ?? '';
      const operand = field('argument');
      if (operator === '-' && operand.kind === 'number' && operand.value !== undefined)
        return leaf('number', `-${operand.value}`);
      return { ...leaf('unary'), operator, parts: [operand] };
    }
    case 'binary_expression':
      return {
        ...leaf('binary'),
        operator: node.childForFieldName('operator')?.text ?? '',
        parts: [field('left'), field('right')],
      };
    case 'ternary_expression':
      return {
        ...leaf('conditional'),
        parts: [field('condition'), field('consequence'), field('alternative')],
      };
    case 'assignment_expression':
      return { ...leaf('assignment'), operator: '=', parts: [field('left'), field('right')] };
    default:
      return leaf('other');
  }
}

function templateParts(node: Syntax, text: string, below: (child: Syntax | null) => ExprFact): ExprFact[] {
  const parts: ExprFact[] = [];
  let from = node.startIndex + 1;
  const fixed = (end: number): void => {
    if (end > from)
      parts.push({
        kind: 'string',
        start: from,
        end,
        text: cut(text.slice(from, end)),
        value: unquote(`\`${text.slice(from, end)}\``),
      });
  };
  for (const child of node.namedChildren) {
    if (child.type !== 'template_substitution') continue;
    fixed(child.startIndex);
    parts.push(below(child.firstNamedChild));
    from = child.endIndex;
  }
  fixed(node.endIndex - 1);
  return parts;
}

function properties(
  node: Syntax,
  below: (child: Syntax | null) => ExprFact,
  context: TsLowerContext,
): { props: PropFact[]; open?: boolean } {
  const props: PropFact[] = [];
  let open = false;
  for (const child of named(node)) {
    const at = { start: child.startIndex, end: child.endIndex };
    if (child.type === 'pair') {
      const key = child.childForFieldName('key');
      if (!key || key.type === 'computed_property_name') open = true;
      else {
        const written = context.text.slice(key.startIndex, key.endIndex);
        props.push({
          key: key.type === 'string' ? unquote(written) : written,
          at,
          value: below(child.childForFieldName('value')),
        });
      }
    } else if (child.type === 'shorthand_property_identifier')
      props.push({ key: context.text.slice(at.start, at.end), at, value: below(child) });
    else if (child.type === 'method_definition')
      props.push({ key: child.childForFieldName('name')?.text ?? '', at, value: below(child) });
    else open = true;
  }
  return { props, ...(open && { open }) };
}

/** Named children without comments. */
export function named(node: Syntax): Syntax[] {
  return node.namedChildren.filter((child) => child.type !== 'comment');
}

/** The first name of a type: `MqttClient` of `MqttClient | undefined`, of `Promise<MqttClient>` and of `: MqttClient`. */
export function plainTsType(type: string): string {
  const inner = /^:?\s*(?:Promise|Readonly|Partial|Required)\s*<(.*)>$/s.exec(type.trim())?.[1] ?? type;
  return (
    inner
      .replace(/^:\s*/, '')
      .split(/[|&<[\s]/)
      .find((part) => part !== '' && part !== 'undefined' && part !== 'null') ?? ''
  );
}
