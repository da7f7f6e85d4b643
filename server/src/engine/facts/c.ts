/** Reads the facts of a C file: one query for shapes, then only the declarations that some fact speaks of. */
import type { Node, Query } from 'web-tree-sitter';
import type { Grammars } from '../grammars.js';
import type { Source } from '../source.js';
import { readComments, readLiterals } from './around.js';
import { lower, named, plainType } from './c-lower.js';
import { lowerCItem } from '../flow/c-lower.js';
import type { FlowFunction } from '../flow/ir.js';
import { Functions, MOST_NESTED } from './functions.js';
import { type Interest, shapesFor } from './interest.js';
import { cut } from './literals.js';
import type { CallFact, ExprFact, FileFacts, GapFact, ShapeFact } from './model.js';
import { Names, Wanted } from './names.js';
import { type CFileView, CVariables } from './c-variables.js';
import { joinVariables } from './variables.js';
import { Syntax } from '../syntax.js';

const QUERY = `
(function_definition) @function
(call_expression function: (_) @callee) @call
(ERROR) @gap
(MISSING) @gap
`;

export class CReader {
  /** The grammar must be loaded. */
  constructor(private readonly grammars: Grammars) {}

  read(source: Source, interest: Interest): FileFacts {
    const shapes = shapesFor(source.text, interest);
    const query = this.grammars.query('c', QUERY + shapes.map((shape) => shape.pattern).join('\n'));
    return new CFile(source, { ...interest, shapes }, query).facts();
  }
}

/** Patterns of `QUERY` come first; a rule's own shapes follow in order. */
const FIRST_SHAPE = 4;

class CFile implements CFileView {
  readonly text: string;
  private readonly raw: Node;
  readonly root: Syntax;
  readonly names: Names;
  private readonly wanted = new Wanted();
  readonly functions = new Functions();
  /** By start and end: the calls of a chain all start at one place. */
  private readonly calls = new Map<string, CallFact>();
  /** Above zero while arguments of a call are lowered that nobody listens to: their names are not followed. */
  private aside = 0;
  /** Calls inside calls that are being lowered: a chain of thousands must not exhaust the stack. */
  private nesting = 0;
  private readonly objects: { value: ExprFact; func: number; condition?: string }[] = [];

  constructor(
    source: Source,
    readonly interest: Interest,
    private readonly query: Query,
  ) {
    this.text = source.text;
    this.raw = source.tree.rootNode;
    this.root = Syntax.root(this.raw, source.text);
    this.names = new Names(source.text);
  }

  facts(): FileFacts {
    const interesting: Syntax[] = [];
    const gaps: GapFact[] = [];
    const shapes: ShapeFact[] = [];
    for (const { patternIndex, captures } of this.query.matches(this.raw)) {
      const first = captures[0]?.node;
      if (!first) continue;
      if (patternIndex === 0) this.addFunction(this.root.of(first));
      else if (patternIndex === 1) {
        const callee = captures[1]?.node ?? first;
        const name = this.text.slice(callee.startIndex, callee.endIndex);
        this.functions.calls(this.functions.around(first.startIndex), name);
        if (this.interest.calls.has(name)) interesting.push(this.root.of(first));
      } else if (patternIndex < FIRST_SHAPE)
        gaps.push({ start: first.startIndex, end: first.endIndex, reason: 'the grammar cannot read it' });
      else shapes.push(this.shape(patternIndex - FIRST_SHAPE, captures));
    }
    for (const node of interesting) this.lowerCall(node);
    for (const type of this.interest.types) this.wantType(type);
    for (const name of this.interest.globals) if (this.names.has(name)) this.wanted.add(name);
    const literals = readLiterals(this.text, this.interest.needles, this.root, {
      isString: (type) => type === 'string_literal' || type === 'concatenated_string',
      lower: (node) => this.lower(node),
      around: (node) => this.functions.around(node.startIndex),
      condition: (node) => conditionOf(node, this.text),
    });
    const teller = new CVariables(this);
    const variables = [];
    for (let name = this.wanted.next(); name !== undefined; name = this.wanted.next()) {
      const { declarations, uses } = teller.story(name);
      variables.push(...joinVariables(declarations, uses));
    }
    return {
      lang: 'c',
      flow: this.flow(),
      functions: this.functions.facts(),
      calls: [...this.calls.values()],
      variables,
      objects: this.objects,
      imports: [],
      exports: [],
      literals,
      shapes,
      suppressions: readComments(this.text, this.root),
      gaps,
      functionsSeen: this.functions.count,
      functionsAnalysed: this.functions.count - this.functions.touchedBy(gaps),
    };
  }

  private addFunction(node: Syntax): void {
    let declarator = node.childForFieldName('declarator');
    while (declarator && declarator.type !== 'function_declarator')
      declarator = declarator.childForFieldName('declarator');
    const name = declarator?.childForFieldName('declarator');
    const parameters = declarator?.childForFieldName('parameters');
    const params = parameters
      ? named(parameters)
          .filter((parameter) => parameter.type === 'parameter_declaration')
          .map((parameter) => this.declaredName(parameter) ?? '')
      : [];
    this.functions.add(
      { start: node.startIndex, end: node.endIndex },
      name ? this.slice(name) : '',
      params,
      node.childForFieldName('body')?.namedChildCount ?? 0,
    );
  }

  private declaredName(declaration: Syntax): string | undefined {
    let declarator = declaration.childForFieldName('declarator');
    while (declarator && declarator.type !== 'identifier')
      declarator = declarator.childForFieldName('declarator');
    return declarator ? this.slice(declarator) : undefined;
  }

  /** Functions and data as graphs, also those under an `#if` at the top of the file. */
  private flow(): FlowFunction[] {
    if (!this.interest.flow) return [];
    const functions: FlowFunction[] = [];
    const queue = [...this.root.namedChildren].reverse();
    for (let item = queue.pop(); item; item = queue.pop())
      if (/^(preproc_(if|el)|linkage_specification|declaration_list|ERROR)/.test(item.type))
        queue.push(...[...item.namedChildren].reverse());
      else functions.push(...lowerCItem(item));
    return functions;
  }

  private slice(node: Syntax): string {
    return this.text.slice(node.startIndex, node.endIndex);
  }

  lower(node: Syntax): ExprFact {
    return lower(node, {
      text: this.text,
      want: (name) => {
        if (this.aside === 0) this.wanted.add(name);
      },
      lowerCall: (call) => this.lowerCall(call),
    });
  }

  private lowerCall(node: Syntax): ExprFact {
    const span = { start: node.startIndex, end: node.endIndex };
    const key = `${String(span.start)}:${String(span.end)}`;
    let call = this.calls.get(key);
    if (!call && this.nesting >= MOST_NESTED)
      return { kind: 'call', ...span, text: cut(this.text.slice(span.start, span.end)) };
    if (!call) {
      this.nesting++;
      const callee = node.childForFieldName('function');
      const list = node.childForFieldName('arguments');
      const path = callee?.type === 'identifier' ? this.slice(callee) : '';
      const condition = conditionOf(node, this.text);
      const heard = this.interest.calls.has(path);
      if (!heard) this.aside++;
      call = {
        ...span,
        path,
        callee: callee ? { start: callee.startIndex, end: callee.endIndex } : span,
        args: list ? named(list).map((argument) => this.lower(argument)) : [],
        isNew: false,
        func: this.functions.around(span.start),
        result: resultOf(node, this.interest.checking, this.text),
        ...(condition !== undefined && { condition }),
      };
      if (heard) this.calls.set(key, call);
      else this.aside--;
      this.nesting--;
    }
    return { kind: 'call', ...span, text: cut(this.text.slice(span.start, span.end)), call };
  }

  private shape(index: number, captures: readonly { name: string; node: Node }[]): ShapeFact {
    const whole = captures[0] ? this.root.of(captures[0].node) : this.root;
    const condition = conditionOf(whole, this.text);
    return {
      shape: this.interest.shapes[index]?.key ?? '',
      start: whole.startIndex,
      end: whole.endIndex,
      captures: Object.fromEntries(captures.map(({ name, node }) => [name, this.lower(this.root.of(node))])),
      func: this.functions.around(whole.startIndex),
      ...(condition !== undefined && { condition }),
    };
  }

  /** Every variable of a type that a table knows is told in full; so is a compound literal of it. */
  private wantType(type: string): void {
    for (const offset of this.names.offsets(lastWord(type))) {
      const node = this.root.at(offset, offset + lastWord(type).length);
      if (node.type !== 'type_identifier') continue;
      const holder = node.parent?.type === 'struct_specifier' ? node.parent : node;
      if (plainType(this.slice(holder)) !== type) continue;
      const outer = holder.parent;
      if (outer?.type === 'declaration' || outer?.type === 'parameter_declaration') {
        for (const declarator of outer.childrenForFieldName('declarator')) {
          const name = identifierIn(declarator);
          if (name) this.wanted.add(this.slice(name));
        }
      } else if (outer?.type === 'type_descriptor' && outer.parent?.type === 'compound_literal_expression') {
        const literal = outer.parent;
        const condition = conditionOf(literal, this.text);
        this.objects.push({
          value: this.lower(literal),
          func: this.functions.around(literal.startIndex),
          ...(condition !== undefined && { condition }),
        });
      }
    }
  }

  tellReturns(func: number): void {
    const span = this.functions.span(func);
    if (!span) return;
    const node = this.root.at(span.start, span.end);
    const returns = node.below('return_statement').slice(0, 20);
    this.functions.returns(
      func,
      returns.flatMap((statement) =>
        statement.firstNamedChild ? [this.lower(statement.firstNamedChild)] : [],
      ),
    );
  }

  /** The declaration that the identifier is the name of, if it is one. */
}

function identifierIn(declarator: Syntax): Syntax | undefined {
  let node: Syntax | null = declarator;
  while (node && node.type !== 'identifier') {
    if (node.type === 'function_declarator') return undefined;
    node =
      node.childForFieldName('declarator') ??
      (node.type === 'parenthesized_declarator' ? node.firstNamedChild : null);
  }
  return node ?? undefined;
}

function lastWord(type: string): string {
  return type.slice(type.lastIndexOf(' ') + 1);
}

function resultOf(call: Syntax, checking: ReadonlySet<string>, text: string): CallFact['result'] {
  let cast = false;
  let child = call;
  for (let parent = call.parent; parent; child = parent, parent = parent.parent)
    switch (parent.type) {
      case 'expression_statement':
        return cast ? 'discarded' : 'no';
      case 'cast_expression':
        cast = parent.childForFieldName('type')?.text === 'void';
        break;
      case 'parenthesized_expression':
        if (parent.parent && /^(if|while|do|switch)_statement$/.test(parent.parent.type)) return 'checked';
        break;
      case 'binary_expression':
      case 'unary_expression':
      case 'conditional_expression':
        return 'checked';
      case 'comma_expression':
        if (parent.childForFieldName('left')?.id === child.id) return 'no';
        break;
      case 'argument_list': {
        const callee = parent.parent?.childForFieldName('function');
        return callee && checking.has(text.slice(callee.startIndex, callee.endIndex)) ? 'checked' : 'used';
      }
      default:
        return 'used';
    }
  return 'used';
}

/** `#ifndef NAME` that at once defines NAME: the guard round a header. */
function isGuard(conditional: Syntax, name: Syntax): boolean {
  const first = conditional.namedChildren.find((child) => child.id !== name.id && child.type !== 'comment');
  return first?.type === 'preproc_def' && first.childForFieldName('name')?.text === name.text;
}

/** The `#if` conditions around a node, outermost first. */
export function conditionOf(node: Syntax, text: string): string | undefined {
  const conditions: string[] = [];
  let child = node;
  for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
    if (!parent.type.startsWith('preproc_')) continue;
    const subject = parent.childForFieldName('condition') ?? parent.childForFieldName('name');
    if (!subject || subject.id === child.id || isGuard(parent, subject)) continue;
    const inElse = parent.childForFieldName('alternative')?.id === child.id;
    const words = text.slice(subject.startIndex, subject.endIndex);
    const negated = text.startsWith('#ifndef', parent.startIndex) !== inElse;
    conditions.unshift(negated ? `!(${words})` : words);
  }
  return conditions.length > 0 ? conditions.join(' && ') : undefined;
}
