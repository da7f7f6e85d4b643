/** Lowers TypeScript and JavaScript expressions: pure ones to trees, all else to instructions and branches. */
import { numberValue, unquote } from '../facts/literals.js';
import { type Syntax, named } from '../syntax.js';
import type { Builder } from './builder.js';
import { CallFlag, DEEPEST, type Ex } from './ir.js';

const PATH = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;
const LINK = /\.?([A-Za-z_$][\w$]*)/g;
const STRING = /^'(?:[^'\\\n]|\\.)*'$|^"(?:[^"\\\n]|\\.)*"$/;
/** Begins a name that stands for a required module. */
export const REQUIRED = 'require ';
const LONGEST_PLAIN = 200;
const WORDS: Readonly<Record<string, number>> = { true: 1, false: 0, null: 0, undefined: 0 };
const FUNCTIONS =
  /^(arrow_function|function_expression|function|generator_function|function_declaration|generator_function_declaration|method_definition)$/;
const WRAPPERS = /^(parenthesized|non_null|await|yield)_expression$/;
const TYPED = /^(as|satisfies)_expression$/;

export abstract class TsExpressions {
  private depth = 0;

  constructor(
    protected readonly builder: Builder,
    protected readonly base: number,
  ) {}

  /** A function or class in the middle of an expression is lowered by itself. */
  protected abstract inner(node: Syntax): void;

  /** Takes a value apart into the names of a pattern; `declare` makes the names where they are new. */
  protected abstract bind(pattern: Syntax, value: Ex, declare: ((name: string) => number) | undefined): void;

  protected span(node: Syntax): [number, number] {
    return [this.base + node.startIndex, this.base + node.endIndex];
  }

  protected effect(node: Syntax): void {
    if (node.type === 'call_expression' || node.type === 'new_expression') this.call(node, false);
    else if (node.type === 'sequence_expression') for (const child of named(node)) this.effect(child);
    else if (WRAPPERS.test(node.type)) {
      const [only] = named(node);
      if (only) this.effect(only);
    } else this.expr(node);
  }

  expr(node: Syntax | null | undefined): Ex {
    if (!node) return ['?', this.base, this.base];
    if (this.depth > DEEPEST) return ['?', ...this.span(node)];
    this.depth++;
    const value = this.plain(node.text, this.base + node.startIndex) ?? this.composite(node);
    this.depth--;
    return value;
  }

  /** Names, members, numbers and strings are read from the text: asking the grammar costs ten times as much. */
  private plain(text: string, start: number): Ex | undefined {
    if (text.length > LONGEST_PLAIN) return undefined;
    if (PATH.test(text)) {
      let value: Ex | undefined;
      for (const { 0: part, 1: word = '', index } of text.matchAll(LINK)) {
        const end = start + index + part.length;
        const constant = value ? undefined : WORDS[word];
        value = value
          ? ['.', start, end, value, word]
          : constant === undefined
            ? this.name(word, start, end)
            : ['n', start, end, constant];
      }
      return value;
    }
    if (STRING.test(text)) return ['s', start, start + text.length, unquote(text)];
    const number = /^\d/.test(text) ? numberValue(text) : undefined;
    return number === undefined ? undefined : ['n', start, start + text.length, Number(number)];
  }

  protected name(text: string, start: number, end: number): Ex {
    const variable = this.builder.lookup(text);
    return variable === undefined ? ['g', start, end, text] : ['v', start, end, variable];
  }

  private composite(node: Syntax): Ex {
    const [start, end] = this.span(node);
    const { type } = node;
    if (FUNCTIONS.test(type)) {
      this.inner(node);
      return ['f', start, end];
    }
    if (WRAPPERS.test(type)) return this.expr(named(node)[0]);
    if (TYPED.test(type)) {
      const [value, as] = named(node);
      return ['c', start, end, as?.text ?? '', this.expr(value)];
    }
    switch (type) {
      case 'identifier':
      case 'shorthand_property_identifier':
      case 'this':
      case 'super':
        return this.name(node.text, start, end);
      case 'string':
        return ['s', start, end, unquote(node.text)];
      case 'template_string':
        return this.template(node, start, end);
      case 'regex':
        return ['x', start, end, node.text];
      case 'member_expression': {
        const [of, property] = named(node).filter((child) => child.type !== 'optional_chain');
        return of && property ? ['.', start, end, this.expr(of), property.text] : ['?', start, end];
      }
      case 'subscript_expression': {
        const object = this.expr(node.childForFieldName('object'));
        const index = this.expr(node.childForFieldName('index'));
        return index[0] === 's' && /^[\w$-]+$/.test(index[3])
          ? ['.', start, end, object, index[3]]
          : ['[', start, end, object, index];
      }
      case 'call_expression':
      case 'new_expression':
        return this.call(node, true);
      case 'object':
        return ['o', start, end, this.properties(node)];
      case 'array':
        return ['o', start, end, named(node).map((item, at) => this.item(item, at))];
      case 'unary_expression': {
        const operator = node.childForFieldName('operator')?.text ?? /^\w+|^./.exec(node.text)?.[0] ?? '';
        const operand = this.expr(named(node).at(-1));
        if (operator === '-' && operand[0] === 'n') return ['n', start, end, -operand[3]];
        return ['u', start, end, operator === '+' ? '-' : operator, operand];
      }
      case 'binary_expression':
        return this.binary(node, start, end);
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return this.assignment(node, start, end);
      case 'update_expression':
        return this.update(node, start, end);
      case 'ternary_expression':
        return this.ternary(node, start, end);
      case 'sequence_expression': {
        const parts = named(node);
        for (const each of parts.slice(0, -1)) this.effect(each);
        return this.expr(parts.at(-1));
      }
      case 'class':
        this.inner(node);
        return ['?', start, end];
      case 'spread_element':
        return this.expr(named(node)[0]);
      case 'type_assertion':
        return this.expr(named(node).at(-1));
      default:
        if (type.startsWith('jsx_'))
          for (const child of named(node)) if (child.type.startsWith('jsx_')) this.expr(child);
        return ['?', start, end];
    }
  }

  private item(item: Syntax, at: number): [string, Ex] {
    return [item.type === 'spread_element' ? '' : `[${String(at)}]`, this.expr(item)];
  }

  private template(node: Syntax, start: number, end: number): Ex {
    const parts: Ex[] = [];
    let from = node.startIndex + 1;
    const text = node.text;
    const fixed = (to: number): void => {
      const piece = text.slice(from - node.startIndex, to - node.startIndex);
      if (piece !== '') parts.push(['s', this.base + from, this.base + to, unquote(`\`${piece}\``)]);
    };
    for (const child of node.namedChildren) {
      if (child.type !== 'template_substitution') continue;
      fixed(child.startIndex);
      parts.push(this.expr(named(child)[0]));
      from = child.endIndex;
    }
    fixed(node.endIndex - 1);
    const [only] = parts;
    if (parts.length === 0) return ['s', start, end, ''];
    return parts.length === 1 && only?.[0] === 's' ? ['s', start, end, only[3]] : ['t', start, end, parts];
  }

  private properties(node: Syntax): [string, Ex][] {
    return named(node).flatMap((child): [string, Ex][] => {
      switch (child.type) {
        case 'pair': {
          const key = child.childForFieldName('key');
          const value = this.expr(child.childForFieldName('value'));
          if (!key || key.type === 'computed_property_name') return [['', value]];
          return [[key.type === 'string' ? unquote(key.text) : key.text, value]];
        }
        case 'shorthand_property_identifier':
          return [[child.text, this.expr(child)]];
        case 'method_definition':
          return [[child.childForFieldName('name')?.text ?? '', this.expr(child)]];
        case 'spread_element':
          return [['', this.expr(child)]];
        default:
          return [];
      }
    });
  }

  private binary(node: Syntax, start: number, end: number): Ex {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = node.childForFieldName('operator')?.text ?? '';
    if (!left || !right) return ['?', start, end];
    if (operator !== '&&' && operator !== '||' && operator !== '??')
      return ['b', start, end, operator, this.expr(left), this.expr(right)];
    const result = this.builder.temp([start, end]);
    const [other, after] = [this.builder.fresh(), this.builder.fresh()];
    if (operator === '&&') {
      // Where it is false, what it is instead does not matter.
      const no = this.builder.fresh();
      this.condition(left, other, no);
      this.builder.at(no);
      this.builder.emit(['=', start, end, result, ['n', start, end, 0]]);
      this.builder.go(after);
      return this.otherwise(right, result, other, after);
    }
    const first = this.expr(left);
    this.builder.emit(['=', first[1], first[2], result, first]);
    if (operator === '||') this.builder.branch(first, after, other);
    else this.builder.branch(undefined, after, other);
    return this.otherwise(right, result, other, after);
  }

  private otherwise(right: Syntax, result: Ex, other: number, after: number): Ex {
    this.builder.at(other);
    const [from, to] = this.span(right);
    this.builder.emit(['=', from, to, result, this.expr(right)]);
    this.builder.into(after);
    return result;
  }

  private ternary(node: Syntax, start: number, end: number): Ex {
    const result = this.builder.temp([start, end]);
    const [yes, no, after] = [this.builder.fresh(), this.builder.fresh(), this.builder.fresh()];
    this.condition(node.childForFieldName('condition'), yes, no);
    for (const [block, field] of [
      [yes, 'consequence'],
      [no, 'alternative'],
    ] as const) {
      this.builder.at(block);
      const value = this.expr(node.childForFieldName(field));
      this.builder.emit(['=', value[1], value[2], result, value]);
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
    const { type } = node;
    if (type === 'parenthesized_expression') {
      this.condition(named(node)[0], yes, no);
      return;
    }
    if (type === 'unary_expression' && node.startsWith('!')) {
      this.condition(named(node).at(-1), no, yes);
      return;
    }
    if (type === 'binary_expression') {
      const operator = node.childForFieldName('operator')?.text;
      if (operator === '&&' || operator === '||') {
        const between = this.builder.fresh();
        const left = node.childForFieldName('left');
        if (operator === '&&') this.condition(left, between, no);
        else this.condition(left, yes, between);
        this.builder.at(between);
        this.condition(node.childForFieldName('right'), yes, no);
        return;
      }
    }
    this.builder.branch(this.expr(node), yes, no);
  }

  private assignment(node: Syntax, start: number, end: number): Ex {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return ['?', start, end];
    const value = this.expr(right);
    if (left.type === 'object_pattern' || left.type === 'array_pattern') {
      this.bind(left, value, undefined);
      return value;
    }
    const target = this.expr(left);
    const operator =
      node.type === 'assignment_expression' ? '=' : (node.childForFieldName('operator')?.text ?? '=');
    const plain = operator.slice(0, -1);
    if (plain === '' || /^(\?\?|\|\||&&)$/.test(plain)) {
      if (plain === '') this.builder.emit(['=', start, end, target, value]);
      else
        this.perhaps(() => {
          this.builder.emit(['=', start, end, target, value]);
        });
    } else this.builder.emit(['=', start, end, target, ['b', start, end, plain, target, value]]);
    return target;
  }

  /** What happens or does not. */
  protected perhaps(run: () => void): void {
    const [some, after] = [this.builder.fresh(), this.builder.fresh()];
    this.builder.branch(undefined, some, after);
    this.builder.at(some);
    run();
    this.builder.into(after);
  }

  private update(node: Syntax, start: number, end: number): Ex {
    const target = this.expr(node.childForFieldName('argument'));
    const operator = node.text.includes('++') ? '+' : '-';
    const before = this.builder.temp([start, end]);
    this.builder.emit(['=', start, end, before, target]);
    this.builder.emit(['=', start, end, target, ['b', start, end, operator, target, ['n', end, end, 1]]]);
    return /^(\+\+|--)/.test(node.text) ? target : before;
  }

  private call(node: Syntax, used: boolean): Ex {
    const [start, end] = this.span(node);
    const isNew = node.type === 'new_expression';
    const callee = node.childForFieldName(isNew ? 'constructor' : 'function');
    const list = node.childForFieldName('arguments');
    if (!callee) return ['?', start, end];
    const of = this.expr(callee);
    const nodes = list?.type === 'arguments' ? named(list) : [];
    let args = nodes.map((each) => this.expr(each));
    const [specifier] = args;
    // A module of the product is worth the same wherever it is required.
    if (of[0] === 'g' && of[3] === 'require' && specifier?.[0] === 's' && specifier[3].startsWith('.'))
      return ['g', start, end, `${REQUIRED}${specifier[3]}`];
    if (list?.type === 'template_string') args = [this.expr(list)];
    const spread = nodes.some((each) => each.type === 'spread_element');
    const result = used ? this.builder.temp([start, end]) : undefined;
    const flags =
      (isNew ? CallFlag.isNew : 0) | (spread ? CallFlag.spread : 0) | (used ? 0 : CallFlag.unused);
    this.builder.emit(['k', start, end, result?.[3] ?? -1, of, args, flags]);
    return result ?? ['?', start, end];
  }
}
