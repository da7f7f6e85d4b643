/** Lowers TypeScript statements into the graph of a function. */
import { plainTsType } from '../facts/ts-lower.js';
import { type Syntax, named } from '../syntax.js';
import type { Builder } from './builder.js';
import type { Ex } from './ir.js';
import { TsPatterns } from './ts-patterns.js';

/** Where a function stands. */
export interface Setting {
  readonly outer?: number;
  readonly cls?: string;
}

export interface Inner {
  readonly node: Syntax;
  readonly setting: Setting;
}

export class TsStatements extends TsPatterns {
  constructor(
    builder: Builder,
    base: number,
    private readonly setting: Setting,
    private readonly tell: (inner: Inner) => void,
  ) {
    super(builder, base);
  }

  protected inner(node: Syntax): void {
    if (
      node.type === 'class' ||
      node.type === 'class_declaration' ||
      node.type === 'abstract_class_declaration'
    )
      this.classOf(node);
    else this.tell({ node, setting: this.setting });
  }

  protected classOf(node: Syntax): void {
    const body = node.childForFieldName('body');
    if (!body) return;
    const name = node.childForFieldName('name')?.text ?? `class at ${String(node.startIndex)}`;
    const setting = { ...(this.setting.outer !== undefined && { outer: this.setting.outer }), cls: name };
    this.tell({ node: body, setting });
    for (const member of named(body))
      if (member.type === 'method_definition') this.tell({ node: member, setting });
  }

  /** A type with fields is a class without code. */
  private shape(node: Syntax, body: Syntax | null): void {
    const name = node.childForFieldName('name');
    if (name && body && /^(interface_body|object_type)$/.test(body.type))
      this.tell({ node: body, setting: { cls: name.text } });
  }

  statements(nodes: readonly Syntax[]): void {
    // Functions can be called before they stand there.
    for (const node of nodes) {
      const declaration = node.type === 'export_statement' ? node.childForFieldName('declaration') : node;
      if (declaration && /^(generator_)?function_declaration$/.test(declaration.type))
        this.hoist(declaration);
    }
    for (const node of nodes) this.statement(node);
  }

  private hoist(node: Syntax): void {
    const name = node.childForFieldName('name');
    if (!name) return;
    const [start, end] = this.span(name);
    const variable = this.builder.declare(name.text);
    this.builder.emit(['=', start, end, ['v', start, end, variable], ['f', ...this.span(node)]]);
    this.tell({ node, setting: this.setting });
  }

  private block(node: Syntax | null): void {
    if (node)
      this.builder.scoped(() => {
        this.statement(node);
      });
  }

  private statement(node: Syntax): void {
    switch (node.type) {
      case 'statement_block':
        this.builder.scoped(() => {
          this.statements(named(node));
        });
        break;
      case 'expression_statement': {
        const [value] = named(node);
        if (value) this.effect(value);
        break;
      }
      case 'lexical_declaration':
      case 'variable_declaration':
        this.declaration(node);
        break;
      case 'export_statement': {
        const inner = node.childForFieldName('declaration') ?? node.childForFieldName('value');
        if (inner?.type.endsWith('_declaration')) this.statement(inner);
        else if (inner) this.effect(inner);
        break;
      }
      case 'class_declaration':
      case 'abstract_class_declaration':
        this.inner(node);
        break;
      case 'interface_declaration':
        this.shape(node, node.childForFieldName('body'));
        break;
      case 'type_alias_declaration':
        this.shape(node, node.childForFieldName('value'));
        break;
      case 'if_statement':
        this.choose(node);
        break;
      case 'while_statement':
        this.whileLoop(node);
        break;
      case 'do_statement':
        this.doLoop(node);
        break;
      case 'for_statement':
        this.builder.scoped(() => {
          this.forLoop(node);
        });
        break;
      case 'for_in_statement':
        this.builder.scoped(() => {
          this.forEach(node);
        });
        break;
      case 'switch_statement':
        this.switchOver(node);
        break;
      case 'return_statement': {
        const [value] = named(node);
        if (value) this.give(value);
        else {
          this.builder.emit(['r', ...this.span(node)]);
          this.builder.cut();
        }
        break;
      }
      case 'throw_statement': {
        const [value] = named(node);
        if (value) this.expr(value);
        const { handler } = this.builder;
        if (handler !== undefined) this.builder.go(handler);
        else this.builder.emit(['k', ...this.span(node), -1, ['g', ...this.span(node), 'throw'], [], 0]);
        this.builder.cut();
        break;
      }
      case 'try_statement':
        this.tryOut(node);
        break;
      case 'break_statement':
        this.builder.leave(named(node)[0]?.text);
        break;
      case 'continue_statement':
        this.builder.again(named(node)[0]?.text);
        break;
      case 'labeled_statement':
      case 'else_clause':
      case 'ERROR':
        this.statements(named(node).filter(({ type }) => type !== 'statement_identifier'));
        break;
      default:
        if (node.type.endsWith('_expression')) this.effect(node);
    }
  }

  private declaration(node: Syntax): void {
    for (const declarator of named(node)) {
      const name = declarator.childForFieldName('name');
      const value = declarator.childForFieldName('value');
      if (!name) continue;
      const [start, end] = this.span(name);
      const given = value && this.expr(value);
      if (name.type === 'identifier') {
        const type = declarator.childForFieldName('type')?.text;
        const variable = this.builder.declare(name.text, type === undefined ? undefined : plainTsType(type));
        if (given) this.builder.emit(['=', start, end, ['v', start, end, variable], given]);
        else this.builder.emit(['d', start, end, variable]);
      } else if (given) this.bind(name, this.held(given), (each) => this.builder.declare(each));
    }
  }

  /** A value that is looked at several times is worked out once. */
  private held(value: Ex): Ex {
    if (value[0] === 'v') return value;
    const whole = this.builder.temp([value[1], value[2]]);
    this.builder.emit(['=', value[1], value[2], whole, value]);
    return whole;
  }

  private choose(node: Syntax): void {
    const alternative = node.childForFieldName('alternative');
    const [yes, after] = [this.builder.fresh(), this.builder.fresh()];
    const no = alternative ? this.builder.fresh() : after;
    this.condition(node.childForFieldName('condition'), yes, no);
    this.builder.at(yes);
    this.block(node.childForFieldName('consequence'));
    this.builder.go(after);
    if (alternative) {
      this.builder.at(no);
      this.block(alternative);
      this.builder.go(after);
    }
    this.builder.at(after);
  }

  private whileLoop(node: Syntax): void {
    const [head, body, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.builder.into(head);
    this.builder.markLoop(head);
    this.condition(node.childForFieldName('condition'), body, after);
    this.builder.at(body);
    this.builder.loop(labelOf(node), after, head, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.go(head);
    this.builder.at(after);
  }

  private doLoop(node: Syntax): void {
    const [body, test, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.builder.into(body);
    this.builder.markLoop(body);
    this.builder.loop(labelOf(node), after, test, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.into(test);
    this.condition(node.childForFieldName('condition'), body, after);
    this.builder.at(after);
  }

  private forLoop(node: Syntax): void {
    const initializer = node.childForFieldName('initializer');
    if (initializer) this.statement(initializer);
    const [head, body, next, after] = [
      this.builder.fresh(),
      this.builder.fresh(),
      this.builder.fresh(),
      this.builder.fresh(),
    ];
    this.builder.into(head);
    this.builder.markLoop(head);
    const test = node.childForFieldName('condition');
    const [condition] = test?.type === 'expression_statement' ? named(test) : [test];
    if (condition && condition.type !== 'empty_statement') this.condition(condition, body, after);
    else this.builder.go(body);
    this.builder.at(body);
    this.builder.loop(labelOf(node), after, next, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.into(next);
    const increment = node.childForFieldName('increment');
    if (increment) this.effect(increment);
    this.builder.go(head);
    this.builder.at(after);
  }

  /** `for (const item of items)`: each time one of the items, nobody knows which. */
  private forEach(node: Syntax): void {
    const left = node.childForFieldName('left');
    const items = this.held(this.expr(node.childForFieldName('right')));
    const [head, body, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.builder.into(head);
    this.builder.markLoop(head);
    this.builder.branch(undefined, body, after);
    this.builder.at(body);
    if (left) {
      const [start, end] = this.span(left);
      const item: Ex = ['[', start, end, items, ['?', start, end]];
      const isNew = node.childForFieldName('kind') !== null;
      this.bind(left, item, isNew ? (name) => this.builder.declare(name) : undefined);
    }
    this.builder.loop(labelOf(node), after, head, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.go(head);
    this.builder.at(after);
  }

  private switchOver(node: Syntax): void {
    const value = node.childForFieldName('value');
    const body = node.childForFieldName('body');
    if (!value || !body) return;
    const subject = this.held(this.expr(value));
    const after = this.builder.fresh();
    const entries = named(body).map((each) => ({
      each,
      test: each.type === 'switch_case' ? each.childForFieldName('value') : null,
      block: this.builder.fresh(),
    }));
    for (const { test, block } of entries) {
      if (!test) continue;
      const next = this.builder.fresh();
      const [start, end] = this.span(test);
      this.builder.branch(['b', start, end, '===', subject, this.expr(test)], block, next);
      this.builder.at(next);
    }
    this.builder.go(entries.find(({ each }) => each.type === 'switch_default')?.block ?? after);
    this.builder.cut();
    this.builder.breakable(undefined, after, () => {
      this.builder.scoped(() => {
        for (const { each, test, block } of entries) {
          this.builder.into(block);
          this.statements(named(each).filter((child) => child.id !== test?.id));
        }
      });
    });
    this.builder.into(after);
  }

  private tryOut(node: Syntax): void {
    const handler = node.childForFieldName('handler');
    const finalizer = node.childForFieldName('finalizer');
    const [caught, after] = [this.builder.fresh(), this.builder.fresh()];
    this.builder.guarded(caught, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.go(after);
    this.builder.at(caught);
    this.builder.scoped(() => {
      const parameter = handler?.childForFieldName('parameter');
      if (parameter) {
        const [start, end] = this.span(parameter);
        this.bind(parameter, ['?', start, end], (name) => this.builder.declare(name));
      }
      const body = handler?.childForFieldName('body');
      if (body) this.statement(body);
    });
    this.builder.into(after);
    if (finalizer) for (const child of named(finalizer)) this.statement(child);
  }

  /** A returned condition is decided by branches, so that each result has what is known where it is given. */
  protected give(value: Syntax): void {
    const [start, end] = this.span(value);
    if (isCondition(value)) {
      const [yes, no] = [this.builder.fresh(), this.builder.fresh()];
      this.condition(value, yes, no);
      for (const [block, result] of [
        [yes, 1],
        [no, 0],
      ] as const) {
        this.builder.at(block);
        this.builder.emit(['r', start, end, ['n', start, end, result]]);
      }
    } else this.builder.emit(['r', start, end, this.expr(value)]);
    this.builder.cut();
  }
}

function labelOf(node: Syntax): string | undefined {
  return node.parent?.type === 'labeled_statement' ? node.parent.childForFieldName('label')?.text : undefined;
}

/** Whether an expression is true or false and nothing else: `a && b` may be any value. */
function isCondition(node: Syntax, last = true): boolean {
  if (node.type === 'parenthesized_expression') return named(node).every((each) => isCondition(each, last));
  if (node.type === 'unary_expression') return node.startsWith('!');
  if (node.type === 'call_expression')
    return (
      last &&
      /(^|\.)(test|includes|has|startsWith|endsWith|every|some|is[A-Z]\w*)$/.test(
        node.childForFieldName('function')?.text ?? '',
      )
    );
  if (node.type !== 'binary_expression') return false;
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (/^([=!]==?|[<>]=?|instanceof|in)$/.test(operator)) return true;
  if (operator !== '&&' && operator !== '||') return false;
  const [left, right] = named(node);
  return left !== undefined && right !== undefined && isCondition(left, true) && isCondition(right, last);
}
