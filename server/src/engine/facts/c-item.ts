/** Facts of one top-level item of a C file, read from its trees where a word of the text calls for it. */
import type { Parser, Query } from 'web-tree-sitter';
import type { CText } from '../cfront/ctext.js';
import type { Item } from '../cfront/items.js';
import { ItemTrees } from '../cfront/trees.js';
import { NAME, PUNCTUATION } from '../cfront/tokens.js';
import { lowerCItem } from '../flow/c-lower.js';
import { type PackedFunction, packed } from '../flow/packed.js';
import { type Syntax, named } from '../syntax.js';
import { resultOf } from './c-calls.js';
import { lower, plainType } from './c-lower.js';
import { type CItemView, CVariables, type Story, identifierIn } from './c-variables.js';
import { Functions, MOST_NESTED } from './functions.js';
import { type Interest, type ShapeInterest, shapesFor, typesAmong, wordOf } from './interest.js';
import { cut } from './literals.js';
import type { CallFact, ExprFact, GapFact, LiteralFact, ObjectFact, ShapeFact, Span } from './model.js';

/** What reading an item needs of the file and of the run. */
export interface Reading {
  readonly source: CText;
  readonly parser: Parser;
  readonly interest: Interest;
  /** Compiles patterns, each only once. */
  readonly query: (pattern: string) => Query;
}

export interface Told extends Story {
  /** Names that it leads to. */
  readonly wants: readonly string[];
  /** Of a function's name: what that function of the item returns. */
  readonly returns?: { readonly func: number; readonly values: readonly ExprFact[] };
}

/** Offsets are those of the file, function numbers count from the first function of the item. */
export class ItemReader implements CItemView {
  readonly functions = new Functions();
  private readonly calls = new Map<string, CallFact>();
  readonly objects: ObjectFact[] = [];
  readonly literals: LiteralFact[] = [];
  readonly shapes: ShapeFact[] = [];
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** Names that what is being read leads to. */
  wants = new Set<string>();
  private parsed: ItemTrees | undefined;
  private found: readonly GapFact[] = [];
  /** Above zero while arguments of a call are lowered that nobody listens to: their names are not followed. */
  private aside = 0;
  /** Calls inside calls that are being lowered: a chain of thousands must not exhaust the stack. */
  private nesting = 0;

  constructor(
    private readonly reading: Reading,
    readonly item: Item,
  ) {
    this.names = namesOf(reading.source, item);
  }

  get text(): string {
    return this.reading.source.text;
  }

  get interest(): Interest {
    return this.reading.interest;
  }

  get gaps(): readonly GapFact[] {
    return this.parsed?.gaps ?? this.found;
  }

  private get trees(): ItemTrees {
    if (!this.parsed) {
      const { parser, source } = this.reading;
      this.parsed = ItemTrees.parse(parser, source, this.item);
    }
    return this.parsed;
  }

  /** The trees are parsed again should somebody ask for more. */
  free(): void {
    this.found = this.gaps;
    this.parsed?.free();
    this.parsed = undefined;
  }

  /** All that does not wait for a name to be asked for. Declarations in which no word of interest occurs stay unread. */
  read(): void {
    const { interest, names, item } = this;
    const isFunction = item.kind === 'function';
    const heard = [...names].filter(([name]) => interest.calls.has(name));
    const whole = this.text.slice(item.start, item.end);
    const typed = typesAmong(names, interest);
    const needles = interest.needles.filter((needle) => whole.includes(needle));
    const shapes = shapesFor(whole, interest);
    if (!isFunction && heard.length + typed.length + needles.length + shapes.length === 0) return;
    if (isFunction) this.addFunctions();
    for (const [name, offsets] of heard) for (const offset of offsets) this.hear(name, offset);
    for (const type of typed) this.wantType(type);
    for (const needle of needles) this.readNeedle(needle);
    if (shapes.length > 0) this.readShapes(shapes);
  }

  /** Calls that were heard. One with a directive inside is read in each variant, which may but need not differ there. */
  heard(): readonly CallFact[] {
    const all = [...this.calls.values()];
    return this.isForked({ startIndex: this.item.start, endIndex: this.item.end }) ? distinct(all) : all;
  }

  /** The item as graphs: a function, or what it declares of structs, tables and buffers; each variant by itself. */
  flow(): PackedFunction[] {
    if (!this.interest.flow || !(this.item.kind === 'function' || this.declaresData())) return [];
    const { start } = this.item;
    const found = this.trees.roots.flatMap((root) =>
      root.namedChildren
        .flatMap((child) => lowerCItem(child, -start))
        // A head that was given a type begins before the item.
        .map((func) => packed(func.start < 0 ? { ...func, start: 0 } : func, start)),
    );
    // What differs between variants need not be code: assembler, or what an attribute is given.
    return this.trees.roots.length < 2 ? found : distinct(found);
  }

  /** All but prototypes: brackets without a value or members behind them. */
  private declaresData(): boolean {
    const { item } = this;
    const { source } = this.reading;
    let brackets = false;
    for (let index = item.first; index < item.past; index++) {
      if (source.tokens.kinds[index] !== PUNCTUATION) continue;
      const character = source.text.charAt(source.tokens.starts[index] ?? 0);
      if (character === '{' || character === '=') return true;
      if (character === '(') brackets = true;
    }
    return !brackets;
  }

  nodeAt(start: number, end: number): Syntax | undefined {
    return this.trees.at(start, end);
  }

  /** Declarations and uses of a name in this item: the same whatever was asked for before. */
  story(name: string): Told {
    const outer = this.wants;
    this.wants = new Set();
    const func = this.functions.named(name);
    const returns = func < 0 ? undefined : { func, values: this.returnsOf() };
    const story = new CVariables(this).story(name, this.names.get(name) ?? []);
    const wants = [...this.wants];
    this.wants = outer;
    return { ...story, wants, ...(returns && { returns }) };
  }

  private addFunctions(): void {
    for (const root of this.trees.roots) {
      const node = root.namedChildren.find((child) => child.type === 'function_definition');
      if (!node) continue;
      if (this.functions.count === 0) this.addFunction(node);
    }
    // What could not be read at all is still a function.
    const { start, end } = this.item;
    if (this.functions.count === 0) this.functions.add({ start, end }, '', [], 0);
    for (const callee of calledNames(this.reading.source, this.item)) this.functions.calls(0, callee);
  }

  private addFunction(node: Syntax): void {
    let declarator = node.childForFieldName('declarator');
    while (declarator && declarator.type !== 'function_declarator')
      declarator = declarator.childForFieldName('declarator');
    const name = declarator?.childForFieldName('declarator');
    const parameters = declarator?.childForFieldName('parameters');
    const params = (parameters ? named(parameters) : [])
      .filter((parameter) => parameter.type === 'parameter_declaration')
      .map((parameter) => {
        const declared = parameter.childForFieldName('declarator');
        return (declared && identifierIn(declared)?.text) ?? '';
      });
    const isMacro = name?.startIndex === this.item.start;
    const first = isMacro && parameters ? named(parameters)[0] : undefined;
    this.functions.add(
      { start: this.item.start, end: this.item.end },
      `${name?.text ?? ''}${first ? `(${first.text})` : ''}`,
      params,
      node.childForFieldName('body')?.namedChildCount ?? 0,
    );
  }

  /** A call under no `#if` and with none among its arguments is the same in all variants. */
  private hear(name: string, offset: number): void {
    let heard: Syntax | undefined;
    for (const node of this.trees.everyAt(offset, offset + name.length)) {
      const call = node.parent;
      if (node.type !== 'identifier' || call?.type !== 'call_expression') continue;
      if (call.childForFieldName('function')?.id !== node.id) continue;
      if (heard && !this.isForked(call)) return;
      this.lowerCall(call);
      heard ??= call;
    }
  }

  /** Whether a directive stands inside a node: then its variants differ. */
  private isForked({ startIndex, endIndex }: Pick<Syntax, 'startIndex' | 'endIndex'>): boolean {
    return this.reading.source.hasDirective(startIndex, endIndex);
  }

  /** The same stretch in other variants, where they differ there. */
  private *others(node: Syntax): Iterable<Syntax> {
    if (this.trees.roots.length < 2 || !this.isForked(node)) return;
    for (const other of this.trees.everyAt(node.startIndex, node.endIndex))
      if (other.id !== node.id) yield other;
  }

  lower(node: Syntax): ExprFact {
    return lower(node, {
      text: this.text,
      want: (name) => {
        if (this.aside === 0) this.wants.add(name);
      },
      lowerCall: (call) => this.lowerCall(call),
      isForked: (forked) => this.isForked(forked),
      others: (forked) => this.others(forked),
    });
  }

  private lowerCall(node: Syntax): ExprFact {
    const span = { start: node.startIndex, end: node.endIndex };
    const text = cut(this.text.slice(span.start, span.end));
    const key = `${String(span.start)}:${String(span.end)}${this.isForked(node) ? `:${String(node.id)}` : ''}`;
    let call = this.calls.get(key);
    if (!call && this.nesting >= MOST_NESTED) return { kind: 'call', ...span, text };
    if (!call) {
      this.nesting++;
      const callee = node.childForFieldName('function');
      const list = node.childForFieldName('arguments');
      const path = callee?.type === 'identifier' ? callee.text : '';
      const heard = this.interest.calls.has(path);
      if (!heard) this.aside++;
      call = {
        ...span,
        path,
        callee: callee ? { start: callee.startIndex, end: callee.endIndex } : span,
        args: list ? named(list).map((argument) => this.lower(argument)) : [],
        isNew: false,
        func: this.functions.around(span.start),
        result: resultOf(node, this.interest),
      };
      if (heard) this.calls.set(key, call);
      else this.aside--;
      this.nesting--;
    }
    return { kind: 'call', ...span, text, call };
  }

  /** Every variable of a type that a table knows is told in full; so is a compound literal of it. */
  private wantType(type: string): void {
    const word = wordOf(type);
    for (const offset of this.names.get(word) ?? []) {
      const node = this.nodeAt(offset, offset + word.length);
      if (node?.type !== 'type_identifier') continue;
      const holder = node.parent?.type === 'struct_specifier' ? node.parent : node;
      if (plainType(holder.text) !== type) continue;
      const outer = holder.parent;
      if (outer?.type === 'declaration' || outer?.type === 'parameter_declaration') {
        for (const declarator of outer.childrenForFieldName('declarator')) {
          const name = identifierIn(declarator);
          if (name) this.wants.add(name.text);
        }
      } else if (outer?.type === 'type_descriptor' && outer.parent?.type === 'compound_literal_expression') {
        const literal = outer.parent;
        this.objects.push({ value: this.lower(literal), func: this.functions.around(literal.startIndex) });
      }
    }
  }

  private readNeedle(needle: string): void {
    const { text, item } = this;
    for (
      let at = text.indexOf(needle, item.start);
      at !== -1 && at < item.end;
      at = text.indexOf(needle, at + needle.length)
    ) {
      const literal = this.stringAround(at, at + needle.length);
      if (!literal || this.literals.some((known) => known.literal.start === literal.startIndex)) continue;
      this.literals.push({
        literal: this.lower(literal),
        func: this.functions.around(literal.startIndex),
      });
      if (this.literals.length >= MOST_LITERALS) return;
    }
  }

  private stringAround(start: number, end: number): Syntax | undefined {
    for (const root of this.trees.roots) {
      let found: Syntax | undefined;
      for (let node: Syntax | null = root.at(start, end); node; node = node.parent)
        if (node.type === 'string_literal' || node.type === 'concatenated_string') found = node;
      if (found) return found;
    }
    return undefined;
  }

  private readShapes(shapes: readonly ShapeInterest[]): void {
    const query = this.reading.query(shapes.map(({ pattern }) => pattern).join('\n'));
    const seen = new Set<string>();
    for (const root of this.trees.roots)
      for (const { patternIndex, captures } of root.matches(query)) {
        const whole = captures[0]?.node;
        const key = shapes[patternIndex]?.key;
        const place = `${key ?? ''} ${String(whole?.startIndex)} ${String(whole?.endIndex)}`;
        if (!whole || key === undefined || seen.has(place)) continue;
        seen.add(place);
        this.shapes.push({
          shape: key,
          start: whole.startIndex,
          end: whole.endIndex,
          captures: Object.fromEntries(captures.map(({ name, node }) => [name, this.lower(node)])),
          func: this.functions.around(whole.startIndex),
        });
      }
  }

  /** What the item's function returns in any of its variants. */
  private returnsOf(): readonly ExprFact[] {
    return distinct(
      this.trees.roots.flatMap((root) =>
        root
          .below('return_statement')
          .slice(0, 20)
          .flatMap(({ firstNamedChild }) => (firstNamedChild ? [this.lower(firstNamedChild)] : [])),
      ),
    );
  }

  /** What stands behind a comment of this item, on the same level. */
  behind(comment: Span): Span | undefined {
    for (const root of this.trees.roots) {
      const node = root.at(comment.start, comment.end);
      if (node.type !== 'comment') continue;
      let next = node.nextNamedSibling;
      while (next?.type === 'comment') next = next.nextNamedSibling;
      return next ? { start: next.startIndex, end: next.endIndex } : undefined;
    }
    return undefined;
  }
}

function distinct<Fact>(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

/** More literals of interest than this in one item are test vectors or hostile. */
const MOST_LITERALS = 200;

function namesOf({ text, tokens }: CText, item: Item): Map<string, number[]> {
  const names = new Map<string, number[]>();
  for (let index = item.first; index < item.past; index++) {
    if (tokens.kinds[index] !== NAME) continue;
    const start = tokens.starts[index] ?? 0;
    const name = text.slice(start, tokens.ends[index]);
    const places = names.get(name);
    if (places) places.push(start);
    else names.set(name, [start]);
  }
  return names;
}

/** Names with a bracket behind them, in the function's body. */
function* calledNames({ text, tokens }: CText, item: Item): Iterable<string> {
  for (let index = item.body; index < item.past - 1; index++) {
    if (tokens.kinds[index] !== NAME || text[tokens.starts[index + 1] ?? 0] !== '(') continue;
    yield text.slice(tokens.starts[index], tokens.ends[index]);
  }
}
