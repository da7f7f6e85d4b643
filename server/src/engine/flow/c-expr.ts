/** Lowers C expressions: pure ones to trees, calls, assignments and short circuits to instructions and branches. */
import { numberValue, unquote } from '../facts/literals.js';
import { type Syntax, named } from '../syntax.js';
import type { Builder } from './builder.js';
import { operatorBetween } from './c-operators.js';
import { type Argument, type Piece, argumentsOf } from './c-arguments.js';
import { CallFlag, DEEPEST, type Ex } from './ir.js';

/** A name or a chain of members, written without blanks. */
const PATH = /^[A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*$/;
const LINK = /(->|\.)?([A-Za-z_]\w*)/g;
const STRING = /^(?:L|u8|u|U)?"(?:[^"\\]|\\.)*"$/;
const LONGEST_PLAIN = 200;
const WORDS = new Set(['NULL', 'nullptr', 'true', 'false']);
const COMPARISONS = /^(==|!=|<=?|>=?)$/;
/** Hints to the compiler that are worth what they are given. */
const TRANSPARENT = /^(likely|unlikely|__builtin_expect|IS_ENABLED|__predict_(true|false))$/;

export class CExpressions {
  private depth = 0;

  constructor(
    protected readonly builder: Builder,
    protected readonly base: number,
  ) {}

  protected span(node: Syntax): [number, number] {
    return [this.base + node.startIndex, this.base + node.endIndex];
  }

  protected unknown(node: Syntax): Ex {
    return ['?', ...this.span(node)];
  }

  /** A statement of an expression: nobody takes its value. */
  protected effect(node: Syntax): void {
    if (node.type === 'call_expression') this.call(node, false);
    else if (node.type === 'comma_expression') for (const child of named(node)) this.effect(child);
    else if (node.type === 'assignment_expression') this.expr(node);
    else {
      const value = this.expr(node);
      if (reads(value)) this.builder.emit(['e', ...this.span(node), value]);
    }
  }

  expr(node: Syntax | null | undefined): Ex {
    if (!node) return ['?', this.base, this.base];
    if (this.depth > DEEPEST) return this.unknown(node);
    this.depth++;
    const value = this.lower(node);
    this.depth--;
    return value;
  }

  private lower(node: Syntax): Ex {
    const text = node.text;
    return this.plain(text, this.base + node.startIndex) ?? this.composite(node);
  }

  /** Names, members, numbers and strings are read from the text: asking the grammar costs ten times as much. */
  private plain(text: string, start: number): Ex | undefined {
    const end = start + text.length;
    if (text.length > LONGEST_PLAIN) return undefined;
    if (PATH.test(text)) {
      let value: Ex | undefined;
      for (const { 0: part, 1: arrow, 2: word = '', index } of text.matchAll(LINK)) {
        const to = start + index + part.length;
        if (!value)
          value = WORDS.has(word)
            ? (['n', start, to, word === 'true' ? 1 : 0] as const)
            : this.name(word, start, to);
        else value = ['.', start, to, arrow === '->' ? ['*', value[1], value[2], value] : value, word];
      }
      return value;
    }
    if (STRING.test(text)) return ['s', start, end, unquote(text)];
    const number = /^[-.]?\d/.test(text) ? numberValue(text) : undefined;
    return number === undefined ? undefined : ['n', start, end, Number(number)];
  }

  private composite(node: Syntax): Ex {
    const [start, end] = this.span(node);
    switch (node.type) {
      case 'char_literal':
        return ['n', start, end, unquote(node.text).codePointAt(0) ?? 0];
      case 'string_literal':
        return ['s', start, end, unquote(node.text)];
      case 'concatenated_string':
        return ['t', start, end, named(node).map((part) => this.expr(part))];
      case 'parenthesized_expression': {
        const [only] = named(node);
        return only?.type === 'compound_statement' ? this.statementExpression(only) : this.expr(only);
      }
      case 'field_expression': {
        const [of, field] = named(node);
        if (!of || !field) return this.unknown(node);
        const object = this.expr(of);
        return [
          '.',
          start,
          end,
          of.until(field).includes('->') ? ['*', object[1], object[2], object] : object,
          field.text,
        ];
      }
      case 'subscript_expression': {
        const [of, index] = named(node);
        return ['[', start, end, this.expr(of), this.expr(index)];
      }
      case 'pointer_expression': {
        const operand = this.expr(named(node)[0]);
        if (node.startsWith('&')) return operand[0] === '*' ? operand[3] : ['&', start, end, operand];
        return operand[0] === '&' ? operand[3] : ['*', start, end, operand];
      }
      case 'cast_expression': {
        const [type, value] = named(node);
        return ['c', start, end, type?.text ?? '', this.expr(value)];
      }
      case 'sizeof_expression': {
        const [of] = named(node);
        if (!of) return this.unknown(node);
        return ['z', start, end, of.type === 'type_descriptor' ? of.text : this.unevaluated(of)];
      }
      case 'unary_expression': {
        const operator = node.text[0] ?? '';
        const operand = this.expr(named(node)[0]);
        if (operator === '-' && operand[0] === 'n') return ['n', start, end, -operand[3]];
        return operator === '+' ? operand : ['u', start, end, operator, operand];
      }
      case 'binary_expression':
        return this.binary(node, start, end);
      case 'assignment_expression':
        return this.assignment(node, start, end);
      case 'update_expression':
        return this.update(node, start, end);
      case 'comma_expression': {
        const parts = named(node);
        for (const each of parts.slice(0, -1)) this.effect(each);
        return this.expr(parts.at(-1));
      }
      case 'conditional_expression':
        return this.conditional(node, start, end);
      case 'call_expression':
        return this.call(node, true);
      case 'compound_literal_expression':
        return this.initializer(named(node).at(-1));
      case 'initializer_list':
        return this.initializer(node);
      default:
        return this.unknown(node);
    }
  }

  protected name(text: string, start: number, end: number): Ex {
    const variable = this.builder.lookup(text);
    return variable === undefined ? ['g', start, end, text] : ['v', start, end, variable];
  }

  /** The operand of `sizeof`: nothing in it happens. */
  private unevaluated(node: Syntax): Ex {
    return /[(+=-]{2}|\w\s*\(/.test(node.text.replace(/->/g, '.')) ? this.unknown(node) : this.expr(node);
  }

  private binary(node: Syntax, start: number, end: number): Ex {
    const [left, right] = named(node);
    if (!left || !right) return this.unknown(node);
    const operator = operatorBetween(left, right);
    if (operator === '&&' || operator === '||') return this.truth(node, start, end);
    return ['b', start, end, operator, this.expr(left), this.expr(right)];
  }

  /** The value of a condition: one or zero, decided by branches. */
  private truth(node: Syntax, start: number, end: number): Ex {
    const result = this.builder.temp([start, end], 'int');
    const [yes, no, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.condition(node, yes, no);
    for (const [block, value] of [
      [yes, 1],
      [no, 0],
    ] as const) {
      this.builder.at(block);
      this.builder.emit(['=', start, end, result, ['n', start, end, value]]);
      this.builder.go(after);
    }
    this.builder.at(after);
    return result;
  }

  private conditional(node: Syntax, start: number, end: number): Ex {
    const [condition, consequence, alternative] = named(node);
    if (!condition || !consequence || !alternative) return this.unknown(node);
    const result = this.builder.temp([start, end]);
    const [yes, no, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.condition(condition, yes, no);
    for (const [block, value] of [
      [yes, consequence],
      [no, alternative],
    ] as const) {
      this.builder.at(block);
      const [from, to] = this.span(value);
      this.builder.emit(['=', from, to, result, this.expr(value)]);
      this.builder.go(after);
    }
    this.builder.at(after);
    return result;
  }

  /** Branches on a condition, one atomic condition a block. */
  condition(node: Syntax | null | undefined, yes: number, no: number): void {
    if (!node || this.depth > DEEPEST) {
      this.builder.branch(undefined, yes, no);
      return;
    }
    this.depth++;
    this.decide(node, yes, no);
    this.depth--;
  }

  private decide(node: Syntax, yes: number, no: number): void {
    if (node.type === 'parenthesized_expression') {
      const [only] = named(node);
      if (only && only.type !== 'compound_statement') {
        this.condition(only, yes, no);
        return;
      }
    }
    if (node.startsWith('!') && node.type === 'unary_expression') {
      this.condition(named(node)[0], no, yes);
      return;
    }
    if (node.type === 'call_expression') {
      const [callee, list] = named(node);
      const [first] = list ? named(list) : [];
      if (callee && first && TRANSPARENT.test(callee.text)) {
        this.condition(first, yes, no);
        return;
      }
    }
    const [left, right] = node.type === 'binary_expression' ? named(node) : [];
    if (left && right) {
      const operator = operatorBetween(left, right);
      if (operator === '&&' || operator === '||') {
        const between = this.builder.fresh();
        if (operator === '&&') this.condition(left, between, no);
        else this.condition(left, yes, between);
        this.builder.at(between);
        this.condition(right, yes, no);
        return;
      }
    }
    this.builder.branch(this.expr(node), yes, no);
  }

  private assignment(node: Syntax, start: number, end: number): Ex {
    const [left, right] = named(node);
    if (!left || !right) return this.unknown(node);
    const operator = operatorBetween(left, right);
    const target = this.expr(left);
    const value = this.expr(right);
    this.builder.emit([
      '=',
      start,
      end,
      target,
      operator === '=' ? value : ['b', start, end, operator.slice(0, -1), target, value],
    ]);
    return target;
  }

  private update(node: Syntax, start: number, end: number): Ex {
    const target = this.expr(named(node)[0]);
    const text = node.text;
    const operator = text.includes('++') ? '+' : '-';
    const next: Ex = ['b', start, end, operator, target, ['n', end, end, 1]];
    if (/^(\+\+|--)/.test(text)) {
      this.builder.emit(['=', start, end, target, next]);
      return target;
    }
    const before = this.builder.temp([target[1], target[2]]);
    this.builder.emit(['=', target[1], target[2], before, target]);
    this.builder.emit(['=', start, end, target, next]);
    return before;
  }

  private call(node: Syntax, used: boolean): Ex {
    const [start, end] = this.span(node);
    const [callee, list] = named(node);
    if (!callee) return this.unknown(node);
    const nodes = list?.type === 'argument_list' ? named(list) : [];
    const type = nodes.length === 1 ? this.castType(callee) : undefined;
    if (type !== undefined) return ['c', start, end, type, this.expr(nodes[0])];
    const of = this.expr(callee);
    const blocks: Argument[] = [];
    const args = argumentsOf(nodes, callee).map((each) => {
      const [{ node: argument }] = each.pieces;
      if (!each.isStatement) return this.expr(argument);
      blocks.push(each);
      return this.unknown(argument);
    });
    const [first] = args;
    if (of[0] === 'g' && TRANSPARENT.test(of[3]) && first) return first;
    const result = used || blocks.length > 0 ? this.builder.temp([start, end]) : undefined;
    const flags = (used ? 0 : CallFlag.unused) | (blocks.length === 1 ? CallFlag.block : 0);
    this.builder.emit(['k', start, end, result?.[3] ?? -1, of, args, flags]);
    for (const block of blocks) this.perhaps(blocks.length === 1 ? result : undefined, block);
    return result ?? ['?', start, end];
  }

  /** The type of `(size_t)(n / 2)`, which looks like a call; a function is seldom called in brackets. */
  private castType(callee: Syntax): string | undefined {
    if (callee.type !== 'parenthesized_expression') return undefined;
    const name = /^\(\s*([A-Za-z_]\w*)\s*\)$/.exec(callee.text)?.[1];
    return name !== undefined && this.builder.lookup(name) === undefined ? name : undefined;
  }

  private piece({ jump, node }: Piece): void {
    switch (jump) {
      case 'return':
        this.builder.emit(
          node.text === jump ? ['r', ...this.span(node)] : ['r', ...this.span(node), this.expr(node)],
        );
        this.builder.cut();
        break;
      case 'goto':
        this.builder.go(this.builder.label(node.text));
        this.builder.cut();
        break;
      case 'break':
        this.builder.leave();
        break;
      case 'continue':
        this.builder.again();
        break;
      default:
        if (node.type === 'compound_statement') this.statementExpression(node);
        else this.effect(node);
    }
  }

  /** A block given to a macro: it runs or it does not, as the macro says. */
  private perhaps(condition: Ex | undefined, { pieces }: Argument): void {
    const [some, after] = [this.builder.fresh(), this.builder.fresh()];
    this.builder.branch(condition, some, after);
    this.builder.at(some);
    for (const piece of pieces) this.piece(piece);
    this.builder.into(after);
  }

  protected initializer(node: Syntax | undefined): Ex {
    if (!node) return ['?', this.base, this.base];
    if (node.type !== 'initializer_list') return this.expr(node);
    let position = 0;
    const items = named(node).map((child): [string, Ex] => {
      if (child.type !== 'initializer_pair') return [`[${String(position++)}]`, this.expr(child)];
      const parts = named(child);
      const key = parts
        .slice(0, -1)
        .map((part) => part.text)
        .join('')
        .replace(/^\./, '');
      const place = /^\[(\d+)\]$/.exec(key)?.[1];
      if (place !== undefined) position = Number(place) + 1;
      return [key, this.expr(parts.at(-1))];
    });
    return ['o', ...this.span(node), items];
  }

  /** `({ … })`: its value is that of its last statement. Overridden where statements are known. */
  protected statementExpression(block: Syntax): Ex {
    return this.unknown(block);
  }
}

/** Whether evaluating it touches memory: a dropped value may still be an access. */
function reads(value: Ex): boolean {
  switch (value[0]) {
    case '[':
    case '*':
      return true;
    case 'b':
      return COMPARISONS.test(value[3]) || reads(value[4]) || reads(value[5]);
    case 'u':
      return reads(value[4]);
    case '.':
      return reads(value[3]);
    case 'c':
      return reads(value[4]);
    default:
      return false;
  }
}
