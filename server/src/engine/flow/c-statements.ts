/** Lowers C statements and declarations into the graph of a function. */
import { type Syntax, named } from '../syntax.js';
import { CExpressions } from './c-expr.js';
import { operatorBetween } from './c-operators.js';
import { declaredBy, elementsOf } from './c-types.js';
import type { Ex, FlowFunction } from './ir.js';

export class CStatements extends CExpressions {
  definition(
    node: Syntax,
    span: { start: number; end: number },
    head: Pick<FlowFunction, 'name' | 'kind'>,
  ): FlowFunction {
    let declarator = node.childForFieldName('declarator');
    while (declarator && declarator.type !== 'function_declarator')
      declarator = declarator.childForFieldName('declarator') ?? named(declarator)[0] ?? null;
    const parameters = declarator?.childForFieldName('parameters');
    for (const parameter of parameters ? named(parameters) : []) {
      if (parameter.type !== 'parameter_declaration') continue;
      const [declared] = declaredBy(parameter);
      if (declared) {
        // An array parameter is a pointer, and a function a pointer to it.
        const type = declared.dims.length > 0 ? `${declared.type} *` : declared.type;
        this.builder.declare(declared.name, type);
      } else if (parameter.text !== 'void') this.builder.declare('', parameter.text);
    }
    const params = this.builder.vars.length;
    const body = node.childForFieldName('body');
    if (body) this.statement(body);
    return this.builder.finish(span, { ...head, params });
  }

  private statements(nodes: readonly Syntax[]): void {
    for (const node of nodes) this.statement(node);
  }

  private block(node: Syntax | null): void {
    if (node)
      this.builder.scoped(() => {
        this.statement(node);
      });
  }

  statement(node: Syntax): void {
    switch (node.type) {
      case 'compound_statement':
        this.builder.scoped(() => {
          this.statements(node.namedChildren);
        });
        break;
      case 'expression_statement': {
        const [value] = named(node);
        if (value) this.effect(value);
        break;
      }
      case 'declaration':
        this.declaration(node);
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
      case 'switch_statement':
        this.switchOver(node);
        break;
      case 'return_statement': {
        this.returned(node);
        break;
      }
      case 'break_statement':
        this.builder.leave();
        break;
      case 'continue_statement':
        this.builder.again();
        break;
      case 'goto_statement':
        this.builder.go(this.builder.label(named(node)[0]?.text ?? ''));
        this.builder.cut();
        break;
      case 'labeled_statement': {
        const [label, ...rest] = named(node);
        this.builder.into(this.builder.label(label?.text ?? ''));
        this.statements(rest);
        break;
      }
      case 'else_clause':
      case 'attributed_statement':
      case 'ERROR':
        this.statements(node.namedChildren);
        break;
      default:
        if (node.type.startsWith('preproc_if') || node.type.startsWith('preproc_el')) this.either(node);
        else if (node.type.endsWith('_expression')) this.effect(node);
    }
  }

  /** Code under an `#if` whose condition nobody knows. */
  private either(node: Syntax): void {
    const alternative = node.childForFieldName('alternative');
    const known = new Set(
      ['condition', 'name'].map((field) => node.childForFieldName(field)?.id).concat(alternative?.id),
    );
    const [yes, no, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.builder.branch(undefined, yes, no);
    this.builder.at(yes);
    this.statements(node.namedChildren.filter((child) => !known.has(child.id)));
    this.builder.go(after);
    this.builder.at(no);
    if (alternative) this.statement(alternative);
    this.builder.go(after);
    this.builder.at(after);
  }

  declaration(node: Syntax): void {
    const isStatic = node.namedChildren.some(
      (child) => child.type === 'storage_class_specifier' && child.text === 'static',
    );
    for (const { name, at, type, dims, value, isFunction } of declaredBy(node)) {
      if (isFunction) continue;
      const [start, end] = this.span(at);
      const init = value && this.initializer(value);
      const given = init && elementsOf(value, init);
      const sizes = dims.map((dim, at): Ex => {
        if (dim) return this.expr(dim);
        return at === 0 && given !== undefined ? ['n', start, end, given] : ['?', start, end];
      });
      const variable = this.builder.declare(name, type, sizes, isStatic);
      const [size] = sizes;
      if (init) this.builder.emit(['=', start, end, ['v', start, end, variable], init]);
      else if (size && size[0] !== '?') this.builder.emit(['d', start, end, variable, size]);
      else this.builder.emit(['d', start, end, variable]);
    }
  }

  enumeration(body: Syntax): void {
    let previous: Ex | undefined;
    for (const each of named(body)) {
      const [name, value] = named(each);
      if (!name) continue;
      const span = this.span(each);
      const given: Ex = value
        ? this.expr(value)
        : previous?.[0] === 'n'
          ? ['n', ...span, previous[3] + 1]
          : previous === undefined
            ? ['n', ...span, 0]
            : ['?', ...span];
      const variable = this.builder.declare(name.text, 'const int');
      this.builder.emit(['=', ...span, ['v', ...span, variable], given]);
      previous = given;
    }
  }

  fields(body: Syntax, prefix = ''): void {
    for (const field of named(body)) {
      if (field.type !== 'field_declaration') continue;
      const inner = field.childForFieldName('type')?.childForFieldName('body');
      const declared = declaredBy(field);
      if (inner && declared.length === 0) this.fields(inner, prefix);
      for (const { name, at, type, dims } of declared) {
        const [start, end] = this.span(at);
        this.builder.declare(
          prefix + name,
          type,
          dims.map((dim): Ex => (dim ? this.expr(dim) : ['?', start, end])),
        );
        if (inner && dims.length === 0) this.fields(inner, `${prefix}${name}.`);
      }
    }
  }

  private choose(node: Syntax): void {
    const alternative = node.childForFieldName('alternative');
    const yes = this.builder.fresh();
    const after = this.builder.fresh();
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
    const condition = node.childForFieldName('condition');
    if (node.startsWith('while')) this.condition(condition, body, after);
    else this.macroLoop(condition, body, after);
    this.builder.at(body);
    this.builder.loop(undefined, after, head, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.go(head);
    this.builder.at(after);
  }

  /**
   * `FOREACH(item, list) { … }`: nobody knows how often. Variables without a value so far are given one each time, or the
   * first where all have one; what else it is given is only read.
   */
  private macroLoop(condition: Syntax | null, body: number, after: number): void {
    const given = (condition ? operands(condition) : []).map((node) => this.expr(node));
    this.builder.branch(undefined, body, after);
    this.builder.at(body);
    const variables = given.flatMap((value) => (value[0] === 'v' ? [value] : []));
    const unset = variables.filter(([, , , variable]) => this.builder.unset.has(variable));
    const written = new Set(unset.length > 0 ? unset : variables.slice(0, 1));
    for (const value of given) {
      const [, start, end] = value;
      const isWritten = value[0] === 'v' && written.has(value);
      this.builder.emit(isWritten ? ['=', start, end, value, ['?', start, end]] : ['e', start, end, value]);
    }
  }

  private doLoop(node: Syntax): void {
    const [body, test, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.builder.into(body);
    this.builder.markLoop(body);
    this.builder.loop(undefined, after, test, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.into(test);
    this.condition(node.childForFieldName('condition'), body, after);
    this.builder.at(after);
  }

  private forLoop(node: Syntax): void {
    const initializer = node.childForFieldName('initializer');
    if (initializer?.type === 'declaration') this.declaration(initializer);
    else if (initializer) this.effect(initializer);
    const [head, body, next, after] = [
      this.builder.fresh(),
      this.builder.fresh(),
      this.builder.fresh(),
      this.builder.fresh(),
    ];
    this.builder.into(head);
    this.builder.markLoop(head);
    const condition = node.childForFieldName('condition');
    if (condition) this.condition(condition, body, after);
    else this.builder.go(body);
    this.builder.at(body);
    this.builder.loop(undefined, after, next, () => {
      this.block(node.childForFieldName('body'));
    });
    this.builder.into(next);
    const update = node.childForFieldName('update');
    if (update) this.effect(update);
    this.builder.go(head);
    this.builder.at(after);
  }

  /** Cases are compared one after the other; the bodies follow each other, since each falls through. */
  private switchOver(node: Syntax): void {
    const condition = node.childForFieldName('condition');
    const body = node.childForFieldName('body');
    if (!condition || !body) return;
    const span = this.span(condition);
    const value = this.expr(condition);
    let subject = value;
    if (value[0] !== 'v') {
      subject = this.builder.temp(span);
      this.builder.emit(['=', ...span, subject, value]);
    }
    const after = this.builder.fresh();
    const cases = named(body).filter((child) => child.type === 'case_statement');
    const entries = cases.map((each) => {
      const test = each.childForFieldName('value');
      return { each, test, block: this.builder.fresh() };
    });
    for (const { test, block } of entries) {
      if (!test) continue;
      const next = this.builder.fresh();
      const [start, end] = this.span(test);
      this.builder.branch(['b', start, end, '==', subject, this.expr(test)], block, next);
      this.builder.at(next);
    }
    this.builder.go(entries.find(({ test }) => !test)?.block ?? after);
    this.builder.cut();
    this.builder.breakable(undefined, after, () => {
      this.builder.scoped(() => {
        for (const { each, test, block } of entries) {
          this.builder.into(block);
          this.statements(each.namedChildren.filter((child) => child.id !== test?.id));
        }
      });
    });
    this.builder.into(after);
  }

  /** A returned condition is decided by branches, so that each result has what is known where it is given. */
  private returned(node: Syntax): void {
    const [start, end] = this.span(node);
    const [value] = named(node);
    if (value && isCondition(value)) {
      const [yes, no] = [this.builder.fresh(), this.builder.fresh()];
      this.condition(value, yes, no);
      for (const [block, result] of [
        [yes, 1],
        [no, 0],
      ] as const) {
        this.builder.at(block);
        this.builder.emit(['r', start, end, ['n', start, end, result]]);
      }
    } else this.builder.emit(value ? ['r', start, end, this.expr(value)] : ['r', start, end]);
    this.builder.cut();
  }

  protected override statementExpression(block: Syntax): Ex {
    let value: Ex = this.unknown(block);
    this.builder.scoped(() => {
      const all = named(block);
      this.statements(all.slice(0, -1));
      const last = all.at(-1);
      if (last?.type === 'expression_statement') value = this.expr(named(last)[0]);
      else if (last) this.statement(last);
    });
    return value;
  }
}

/** What stands between the commas of `(a, b, c)`. */
function operands(node: Syntax): readonly Syntax[] {
  return /^(parenthesized|comma)_expression$/.test(node.type) ? named(node).flatMap(operands) : [node];
}

function isCondition(node: Syntax): boolean {
  if (node.type === 'parenthesized_expression') return named(node).every(isCondition);
  if (node.type === 'unary_expression') return node.startsWith('!');
  if (node.type !== 'binary_expression') return false;
  const [left, right] = named(node);
  if (!left || !right) return false;
  return /^(?:&&|\|\||[=!<>]=|<|>)$/.test(operatorBetween(left, right));
}
