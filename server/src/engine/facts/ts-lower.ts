/** Lowers TypeScript and JavaScript expressions from the tree to facts. */
import { cut, negative, numberValue, unquote } from './literals.js';
import type { ExprFact, PropFact } from './model.js';
import { rootOf } from './names.js';
import { type Syntax, named } from '../syntax.js';

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
      // A cast may tell a type that the name does not have.
      const cast = object.path !== undefined && isTelling(object.type);
      if (object.path === undefined || cast)
        return {
          ...leaf('member'),
          operator: name,
          parts: [object],
          ...(cast && { path: `${object.path ?? ''}.${name}` }),
        };
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
    case 'call_expression': {
      const frozen = frozenObject(node, context.text);
      return frozen ? below(frozen) : context.lowerCall(node);
    }
    case 'new_expression':
      return context.lowerCall(node);
    case 'object':
      return { ...leaf('object'), ...properties(node, context.text, below) };
    case 'array': {
      const items = named(node);
      // Holes and spreads move what follows them.
      const open = items.some((item) => item.type === 'spread_element') || /[[,]\s*,/.test(text);
      return { ...leaf('array'), parts: items.map(below), ...(open && { open }) };
    }
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
      if (operator === 'void') return leaf('null', 'null');
      if (operator === '-' && operand.kind === 'number' && operand.value !== undefined)
        return leaf('number', negative(operand.value));
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

/** The object of `Object.freeze({ … })`. */
function frozenObject(call: Syntax, text: string): Syntax | undefined {
  const callee = call.childForFieldName('function');
  if (!callee || text.slice(callee.startIndex, callee.endIndex) !== 'Object.freeze') return undefined;
  const given = named(call.childForFieldName('arguments') ?? call);
  return given.length === 1 ? given[0] : undefined;
}

function isTelling(type: string | undefined): boolean {
  return type !== undefined && !/^(?:any|unknown|never|object|const)?$/.test(type);
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

/** The fields of an object, a spread as one without a name. */
export function properties(
  node: Syntax,
  text: string,
  below: (child: Syntax | null) => ExprFact,
): { props: PropFact[]; open?: boolean } {
  const props: PropFact[] = [];
  let open = false;
  for (const child of named(node)) {
    const at = { start: child.startIndex, end: child.endIndex };
    if (child.type === 'pair') {
      const key = child.childForFieldName('key');
      if (!key || key.type === 'computed_property_name') open = true;
      else {
        const written = text.slice(key.startIndex, key.endIndex);
        props.push({
          key: key.type === 'string' ? unquote(written) : written,
          at,
          value: below(child.childForFieldName('value')),
        });
      }
    } else if (child.type === 'shorthand_property_identifier')
      props.push({ key: text.slice(at.start, at.end), at, value: below(child) });
    else if (child.type === 'method_definition') {
      const key = child.childForFieldName('name')?.text ?? '';
      if (key.startsWith('[')) open = true;
      else props.push({ key, at, value: getterValue(child, below) ?? below(child) });
    } else if (child.type === 'spread_element')
      props.push({ key: '', at, value: below(child.firstNamedChild) });
    else open = true;
  }
  return { props, ...(open && { open }) };
}

/** `get url() { return 'mqtt://…'; }`: what a getter gives that does nothing else. */
export function getterValue(method: Syntax, below: (child: Syntax | null) => ExprFact): ExprFact | undefined {
  if (!/^(?:(?:public|private|protected|static|override)\s+)*get\s/.test(method.text.slice(0, 60)))
    return undefined;
  const body = named(method.childForFieldName('body') ?? method);
  const [only] = body;
  return body.length === 1 && only?.type === 'return_statement' && only.firstNamedChild
    ? below(only.firstNamedChild)
    : undefined;
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
