/** Lowers TypeScript and JavaScript: functions to graphs, the statements of a module and the fields of a class too. */
import { plainTsType } from '../facts/ts-lower.js';
import { type Syntax, named } from '../syntax.js';
import { Builder, TooLarge } from './builder.js';
import type { FlowFunction } from './ir.js';
import { partType } from './ts-parts.js';
import { type Inner, type Setting, TsStatements } from './ts-statements.js';

/** Functions of one file; a file with more is made by a machine. */
const MOST_FUNCTIONS = 5000;
/** The statements of a module stand before all else, and so do they in order. */
export const MODULE_START = -1;

/** A module as graphs: its own statements, its functions, methods, closures, and the initialisers of its classes. */
export function lowerTsModule(root: Syntax, base = 0): FlowFunction[] {
  const found: FlowFunction[] = [];
  const queue: Inner[] = [{ node: root, setting: {} }];
  for (let next = queue.pop(); next && found.length < MOST_FUNCTIONS; next = queue.pop())
    found.push(lowerTs(next.node, base, next.setting, (inner) => queue.push(inner)));
  return found.sort((a, b) => a.start - b.start);
}

/** One function node, class body or module. Functions inside are told of, not lowered. */
export function lowerTs(
  node: Syntax,
  base = 0,
  setting: Setting = {},
  tell: (inner: Inner) => void = () => undefined,
): FlowFunction {
  const kind = node.type === 'program' ? 'module' : BODIES.test(node.type) ? 'class' : 'function';
  const start = kind === 'module' ? MODULE_START : base + node.startIndex;
  const span = { start, end: base + node.endIndex };
  const head = { name: kind === 'class' ? (setting.cls ?? '') : nameOf(node), kind, ...setting } as const;
  const builder = new Builder();
  const lowering = new TsFunctions(builder, base, { ...setting, outer: start }, tell);
  try {
    if (kind === 'class') return lowering.fields(node, span, head);
    if (kind === 'module') {
      lowering.statements(node.namedChildren);
      return builder.finish(span, { ...head, params: 0 });
    }
    return lowering.definition(node, span, head);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { ...span, ...head, params: 0, vars: [], blocks: [], given: error.message };
  }
}

function nameOf(node: Syntax): string {
  const own = node.childForFieldName('name');
  if (own) return own.text;
  const { parent } = node;
  switch (parent?.type) {
    case 'variable_declarator':
    case 'public_field_definition':
      return parent.childForFieldName('name')?.text ?? '';
    case 'pair':
      return parent.childForFieldName('key')?.text ?? '';
    case 'assignment_expression':
      return parent.childForFieldName('left')?.text.split('.').at(-1) ?? '';
    default:
      return '';
  }
}

class TsFunctions extends TsStatements {
  /** Initialisers of a class; its fields, with their types, are the variables. */
  fields(
    body: Syntax,
    span: { start: number; end: number },
    head: Pick<FlowFunction, 'name' | 'kind'>,
  ): FlowFunction {
    for (const member of named(body)) {
      const name = member.childForFieldName('name');
      if (member.type === 'method_definition' && name?.text === 'constructor')
        for (const parameter of namedIn(member.childForFieldName('parameters')))
          if (isField(parameter)) this.field(parameter, parameter.childForFieldName('pattern'));
      if (member.type === 'class_static_block') this.statements(namedIn(member.childForFieldName('body')));
      // Of an interface there are types only.
      if (member.type === 'property_signature') this.field(member, name);
      if (member.type !== 'public_field_definition' || !name) continue;
      this.field(member, name);
      const value = member.childForFieldName('value');
      if (!value) continue;
      const [start, end] = this.span(name);
      this.builder.emit([
        '=',
        start,
        end,
        ['.', start, end, ['g', start, start, 'this'], name.text],
        this.expr(value),
      ]);
    }
    const heritage = body.parent?.namedChildren.find(({ type }) => type === 'class_heritage');
    const parent = heritage && /(?:extends\s+)?([\w$.]+)/.exec(heritage.text.replace(/^extends\s+/, ''))?.[1];
    return this.builder.finish(span, { ...head, params: 0, ...(parent !== undefined && { type: parent }) });
  }

  private field(holder: Syntax, name: Syntax | null): void {
    const value = holder.childForFieldName('value');
    const made = value?.type === 'new_expression' ? value.childForFieldName('constructor')?.text : undefined;
    const type = holder.childForFieldName('type')?.text ?? made;
    if (name) this.builder.declare(name.text, type === undefined ? undefined : plainTsType(type));
  }

  definition(
    node: Syntax,
    span: { start: number; end: number },
    head: Pick<FlowFunction, 'name' | 'kind'>,
  ): FlowFunction {
    const single = node.childForFieldName('parameter');
    const parameters = single ? [single] : namedIn(node.childForFieldName('parameters'));
    const patterns: (() => void)[] = [];
    for (const parameter of parameters) this.parameter(parameter, patterns);
    const params = this.builder.vars.length;
    for (const bind of patterns) bind();
    const body = node.childForFieldName('body');
    if (body?.type === 'statement_block') this.statements(named(body));
    else if (body) this.give(body);
    const rest = parameters.at(-1)?.childForFieldName('pattern')?.type === 'rest_pattern';
    const isAsync = node.text.slice(0, 200).split('{')[0]?.includes('async') === true;
    return this.builder.finish(span, {
      ...head,
      params,
      ...(rest && { rest: 1 as const }),
      ...(isAsync && { async: 1 as const }),
    });
  }

  private parameter(parameter: Syntax, patterns: (() => void)[]): void {
    const pattern = parameter.childForFieldName('pattern') ?? parameter;
    const type = parameter.childForFieldName('type')?.text;
    const plain = type === undefined ? undefined : plainTsType(type);
    const [start, end] = this.span(pattern);
    if (pattern.type === 'this') return;
    if (pattern.type === 'identifier') {
      const variable = this.builder.declare(pattern.text, plain);
      const fallback = parameter.childForFieldName('value');
      // Plain literals are left out: a bound that has a default is still the caller's.
      if (fallback && /^(call|new|member)_expression$/.test(fallback.type))
        patterns.push(() => {
          const other = this.expr(fallback);
          this.perhaps(() => {
            this.builder.emit(['=', start, end, ['v', start, end, variable], other]);
          });
        });
      if (isField(parameter))
        patterns.push(() => {
          this.builder.emit([
            '=',
            start,
            end,
            ['.', start, end, ['g', start, start, 'this'], pattern.text],
            ['v', start, end, variable],
          ]);
        });
      return;
    }
    const whole = this.builder.declare('', plain);
    patterns.push(() => {
      this.bind(pattern, ['v', start, end, whole], (name) =>
        this.builder.declare(name, plain === undefined ? undefined : partType(plain, name)),
      );
    });
  }
}

/** Bodies of what has fields by name: classes, interfaces, types of objects. */
const BODIES = /^(class_body|interface_body|object_type)$/;

function namedIn(node: Syntax | null): readonly Syntax[] {
  return node ? named(node) : [];
}

function isField(parameter: Syntax): boolean {
  return (
    parameter.namedChildren.some(({ type }) => type === 'accessibility_modifier') ||
    /^readonly\s/.test(parameter.text)
  );
}
