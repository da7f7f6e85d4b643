/** Reads the facts of a TypeScript or JavaScript file: one query for shapes, then the names that some fact speaks of. */
import type { Node, Query } from 'web-tree-sitter';
import type { Grammar, Grammars } from '../grammars.js';
import type { Source } from '../source.js';
import { readComments, readLiterals } from './around.js';
import { packed } from '../flow/packed.js';
import { lowerTsModule } from '../flow/ts-lower.js';
import { Functions, LONGEST_CALLEE, MOST_NESTED } from './functions.js';
import { type Interest, shapesFor } from './interest.js';
import { cut } from './literals.js';
import type {
  CallFact,
  ExportFact,
  ExprFact,
  FileFacts,
  GapFact,
  ImportFact,
  RequiredFact,
  ShapeFact,
} from './model.js';
import { Names, Wanted, lastOf } from './names.js';
import { tailOf } from './ts-bodies.js';
import { readExports, readImports, relativeModule, requiredBy } from './ts-modules.js';
import { lower } from './ts-lower.js';
import { MODULE_EXPORTS } from './ts-objects.js';
import { type TsFileView, TsVariables } from './ts-variables.js';
import { joinVariables } from './variables.js';
import { Syntax, named } from '../syntax.js';

const QUERY = `
(function_declaration) @function
(generator_function_declaration) @function
(function_expression) @function
(generator_function) @function
(arrow_function) @function
(method_definition) @function
(call_expression function: (_) @callee) @call
(new_expression constructor: (_) @callee) @call
(ERROR) @gap
(MISSING) @gap
(import_statement) @import
(export_statement) @export
(pair_pattern key: (property_identifier) @renamed value: (identifier) @alias)
(variable_declarator name: (identifier) @alias value: (_) @value)
`;
const FUNCTIONS = 6;
const CALLS = 8;
const GAPS = 10;
const IMPORTS = 11;
const EXPORTS = 12;
const RENAMES = 13;
/** Patterns of `QUERY` come first; a rule's own shapes follow in order. */
const FIRST_SHAPE = 14;

export class TsReader {
  /** The grammar must be loaded. */
  constructor(
    private readonly grammars: Grammars,
    private readonly grammar: Exclude<Grammar, 'c'>,
  ) {}

  /** `asked`: exported names that another file takes from this one. */
  read(source: Source, interest: Interest, asked: readonly string[] = []): FileFacts {
    const shapes = shapesFor(source.text, interest);
    const query = this.grammars.query(this.grammar, QUERY + shapes.map((shape) => shape.pattern).join('\n'));
    return new TsFile(source, { ...interest, shapes }, query, asked).facts();
  }
}

class TsFile implements TsFileView {
  readonly text: string;
  private readonly raw: Node;
  readonly root: Syntax;
  readonly names: Names;
  private readonly wanted = new Wanted();
  readonly functions = new Functions();
  /** By start and end: the calls of a chain all start at one place. */
  private readonly calls = new Map<string, CallFact>();
  private readonly nodes = new Map<number, Syntax>();
  private readonly returnsRead = new Set<number>();
  private readonly imports: ImportFact[] = [];
  private readonly exports: ExportFact[] = [];
  /** Members of modules that are required where they are used: `require('./config').url`. */
  private readonly required: RequiredFact[] = [];
  private aliases: ReadonlySet<string> = new Set();
  /** Above zero while arguments of a call are lowered that nobody listens to: their names are not followed. */
  private aside = 0;
  /** Calls inside calls that are being lowered: a chain of thousands must not exhaust the stack. */
  private nesting = 0;

  constructor(
    source: Source,
    private readonly interest: Interest,
    private readonly query: Query,
    readonly asked: readonly string[],
  ) {
    this.text = source.text;
    this.raw = source.tree.rootNode;
    this.root = Syntax.root(this.raw, source.text);
    this.names = new Names(source.text);
  }

  facts(): FileFacts {
    const candidates: { node: Node; path: string }[] = [];
    const gaps: GapFact[] = [];
    const shapes: ShapeFact[] = [];
    const rawShapes: [number, readonly { name: string; node: Node }[]][] = [];
    /** Local names of functions that rules listen to, where they differ: renamed imports, `const dial = mqtt.connect`. */
    const aliases = new Set<string>();
    const alias = (local: string, meant: string): void => {
      if (this.interest.calls.has(lastOf(meant)) || aliases.has(meant)) aliases.add(local);
    };
    const declared: [local: string, meant: string][] = [];
    for (const { patternIndex, captures } of this.query.matches(this.raw)) {
      const first = captures[0]?.node;
      if (!first) continue;
      if (patternIndex < FUNCTIONS) this.addFunction(this.root.of(first));
      else if (patternIndex < CALLS) {
        const callee = captures[1]?.node ?? first;
        if (callee.endIndex - callee.startIndex > LONGEST_CALLEE) continue;
        const written = this.slice(callee);
        const path = written.includes('[') ? written.replace(QUOTED_MEMBER, '.$2') : written;
        this.functions.calls(this.functions.around(first.startIndex), path);
        candidates.push({ node: first, path });
      } else if (patternIndex < GAPS)
        gaps.push({ start: first.startIndex, end: first.endIndex, reason: 'the grammar cannot read it' });
      else if (patternIndex < IMPORTS) this.imports.push(...readImports(this.root.of(first), this.text));
      else if (patternIndex < EXPORTS) this.exports.push(...readExports(this.root.of(first), this.text));
      else if (patternIndex < RENAMES) alias(this.slice(captures[1]?.node ?? first), this.slice(first));
      else if (patternIndex < FIRST_SHAPE)
        declared.push([this.slice(first), meantBy(this.slice(captures[1]?.node ?? first))]);
      else rawShapes.push([patternIndex - FIRST_SHAPE, captures]);
    }
    for (const { local, module, imported } of this.imports)
      alias(local, imported === 'default' || imported === '*' ? module : imported);
    for (const [local, meant] of declared) alias(local, meant);
    const interesting = candidates
      .filter(({ path }) => isLoader(path) || this.interest.calls.has(lastOf(path)) || aliases.has(path))
      .map(({ node }) => this.root.of(node));
    this.aliases = aliases;
    for (const node of interesting) this.lowerCall(node);
    for (const [index, captures] of rawShapes) shapes.push(this.shape(index, captures));
    for (const type of this.interest.types) this.wantType(type);
    this.wantExports();
    const literals = readLiterals(this.text, this.interest.needles, this.root, {
      isString: (type) => type === 'string' || type === 'template_string',
      lower: (node) => this.lower(node),
      around: (node) => this.functions.around(node.startIndex),
    });
    const teller = new TsVariables(this);
    const variables = [];
    for (let name = this.wanted.next(); name !== undefined; name = this.wanted.next()) {
      const { declarations, uses } = name.startsWith('this.') ? teller.fieldStory(name) : teller.story(name);
      variables.push(...joinVariables(declarations, uses));
    }
    return {
      lang: 'ts',
      flow: this.interest.flow ? lowerTsModule(this.root).map((func) => packed(func)) : [],
      functions: this.functions.facts(),
      calls: [...this.calls.values()],
      variables,
      objects: [],
      imports: this.imports,
      exports: this.exports,
      ...requiredBy(variables, this.imports, this.required, this),
      literals,
      shapes,
      suppressions: readComments(this.text, this.root),
      conditions: [],
      gaps,
      functionsSeen: this.functions.count,
      functionsAnalysed: this.functions.count - this.functions.touchedBy(gaps),
    };
  }

  /** What other files take from this one. */
  private wantExports(): void {
    const { asked } = this;
    // CommonJS gives all away in one object.
    if (asked.length > 0 && this.exports.length === 0 && this.names.has('exports')) {
      this.wanted.add(MODULE_EXPORTS);
      return;
    }
    for (const name of asked)
      if (name === '*') for (const { local } of this.exports.slice(0, MOST_EXPORTS)) this.wanted.add(local);
      else this.wanted.add(this.exports.find((each) => each.name === name)?.local ?? name);
  }

  private slice(node: { startIndex: number; endIndex: number }): string {
    return this.text.slice(node.startIndex, node.endIndex);
  }

  private addFunction(node: Syntax): void {
    const parameters = node.childForFieldName('parameters');
    const single = node.childForFieldName('parameter');
    const params = parameters
      ? named(parameters).map((parameter) => this.slice(parameter.childForFieldName('pattern') ?? parameter))
      : single
        ? [this.slice(single)]
        : [];
    const body = node.childForFieldName('body');
    const statements = body?.type === 'statement_block' ? body.namedChildCount : 1;
    const index = this.functions.add(
      { start: node.startIndex, end: node.endIndex },
      this.functionName(node),
      params,
      statements,
    );
    this.nodes.set(index, node);
  }

  private functionName(node: Syntax): string {
    const own = node.childForFieldName('name');
    if (own) return this.slice(own);
    const parent = node.parent;
    if (parent?.type === 'variable_declarator' || parent?.type === 'public_field_definition')
      return parent.childForFieldName('name')?.text ?? '';
    if (parent?.type === 'pair') return parent.childForFieldName('key')?.text ?? '';
    return '';
  }

  lower(node: Syntax): ExprFact {
    return lower(node, {
      text: this.text,
      want: (name) => {
        if (this.aside === 0) this.wanted.add(name);
      },
      lowerCall: (call) => this.lowerCall(call),
      lowerFunction: (func) => this.lowerFunction(func),
    });
  }

  lowerFunction(node: Syntax): number | undefined {
    const index = this.functions.at(node.startIndex);
    if (index !== undefined && this.aside === 0) this.tellReturns(index);
    return index;
  }

  private tellReturns(index: number): void {
    const node = this.nodes.get(index);
    if (!node || this.returnsRead.has(index) || this.nesting >= MOST_NESTED) return;
    this.returnsRead.add(index);
    const body = node.childForFieldName('body');
    if (!body) return;
    const uses = this.functions.params(index).filter((name) => this.isNamedIn(name, body));
    if (body.type !== 'statement_block') {
      const result = this.lower(body);
      this.functions.returns(index, [result]);
      this.functions.body(index, uses, result);
      return;
    }
    const tail = tailOf(body);
    this.functions.body(index, uses, tail && this.lower(tail));
    const own = body
      .below('return_statement')
      .filter((each) => this.functions.around(each.startIndex) === index)
      .slice(0, 20);
    this.functions.returns(
      index,
      own.flatMap((statement) => (statement.firstNamedChild ? [this.lower(statement.firstNamedChild)] : [])),
    );
  }

  /** Names that occur too often have no places: they may be anywhere. */
  private isNamedIn(name: string, { startIndex, endIndex }: Syntax): boolean {
    const places = this.names.offsets(name);
    return places.length === 0
      ? this.names.has(name)
      : places.some((place) => place >= startIndex && place < endIndex);
  }

  private lowerCall(node: Syntax): ExprFact {
    const span = { start: node.startIndex, end: node.endIndex };
    const isNew = node.type === 'new_expression';
    const key = `${String(span.start)}:${String(span.end)}`;
    const calleeNode = node.childForFieldName(isNew ? 'constructor' : 'function');
    let call = this.calls.get(key);
    if (!call && this.nesting >= MOST_NESTED)
      return { kind: isNew ? 'new' : 'call', ...span, text: cut(this.text.slice(span.start, span.end)) };
    if (!call) {
      this.nesting++;
      const callee = calleeNode ? this.lower(calleeNode) : undefined;
      const list = node.childForFieldName('arguments');
      const property = calleeNode?.childForFieldName('property') ?? calleeNode;
      const made = callee?.call && isLoader(callee.call.path) ? callee : undefined;
      const on = callee?.kind === 'member' ? callee.parts?.[0] : made;
      const path =
        calleeNode?.type === 'import'
          ? 'import'
          : (callee?.path ?? (on && callee?.operator !== undefined ? `.${callee.operator}` : ''));
      const heard =
        path !== '' && (this.interest.calls.has(lastOf(path)) || this.aliases.has(path) || isLoader(path));
      if (!heard) this.aside++;
      const args = list?.type === 'arguments' ? named(list).map((argument) => this.lower(argument)) : [];
      if (!heard) this.aside--;
      args.forEach((argument, index) => {
        if (argument.func !== undefined) this.functions.isArgument(argument.func, span.start, index);
      });
      call = {
        ...span,
        path,
        callee: property ? { start: property.startIndex, end: property.endIndex } : span,
        ...(on && { on }),
        args,
        isNew,
        func: this.functions.around(span.start),
        result: resultOf(node),
        ...(heard && isGuarded(node) && { guarded: true }),
      };
      if (heard && !isLoader(path)) this.calls.set(key, call);
      const module = this.aside === 0 && isLoader(path) ? relativeModule({ kind: 'call', call }) : undefined;
      const member =
        node.parent?.type === 'member_expression' ? node.parent.childForFieldName('property') : null;
      if (module !== undefined && member) this.required.push({ module, name: this.slice(member) });
      this.nesting--;
    }
    return { kind: isNew ? 'new' : 'call', ...span, text: cut(this.text.slice(span.start, span.end)), call };
  }

  private shape(index: number, captures: readonly { name: string; node: Node }[]): ShapeFact {
    const whole = captures[0] ? this.root.of(captures[0].node) : this.root;
    return {
      shape: this.interest.shapes[index]?.key ?? '',
      start: whole.startIndex,
      end: whole.endIndex,
      captures: Object.fromEntries(captures.map(({ name, node }) => [name, this.lower(this.root.of(node))])),
      func: this.functions.around(whole.startIndex),
    };
  }

  /** A variable whose annotation names a type that a table knows is told in full. */
  private wantType(type: string): void {
    for (const offset of this.names.offsets(type)) {
      const node = this.root.at(offset, offset + type.length);
      if (node.type !== 'type_identifier') continue;
      let holder: Syntax | null = node.parent;
      for (
        let hops = 0;
        holder && hops < 5 && !/declarator$|_parameter$|field_definition$/.test(holder.type);
        hops++
      )
        holder = holder.parent;
      const name = holder?.childForFieldName('name') ?? holder?.childForFieldName('pattern');
      if (holder?.type === 'public_field_definition' && name) this.wanted.add(`this.${this.slice(name)}`);
      else if (name?.type === 'identifier') this.wanted.add(this.slice(name));
    }
  }
}

/** The name that a short initialiser passes on: `mqtt.connect`, the module of `require('express')`, what is promisified. */
function meantBy(value: string): string {
  if (value.length > 120) return '';
  const required = /^require\(\s*['"`]([^'"`]+)['"`]\s*\)(\.[\w$.]+)?$/.exec(value);
  if (required) return required[2] ?? required[1] ?? '';
  const promised = /^(?:\w+\.)?promisify\(\s*([\w$.]+)\s*\)/.exec(value)?.[1];
  return promised ?? (/^[\w$.]+$/.test(value) ? value : '');
}

/** Of a file that is passed on as a whole. */
const MOST_EXPORTS = 200;

const QUOTED_MEMBER = /\[\s*(['"])([\w$]+)\1\s*\]/g;

/** `require` and the `import()` of an expression bring modules, and are themselves of no library. */
function isLoader(path: string): boolean {
  return path === 'require' || path === 'import';
}

/** A `try` whose block, not whose handler, holds the node; functions between them run at another time. */
function isGuarded(node: Syntax): boolean {
  let child = node;
  for (let outer = node.parent; outer; child = outer, outer = outer.parent) {
    if (outer.type === 'try_statement' && outer.childForFieldName('body')?.id === child.id) return true;
    if (/function|method_definition/.test(outer.type)) return false;
  }
  return false;
}

function resultOf(call: Syntax): CallFact['result'] {
  for (let parent = call.parent; parent; parent = parent.parent)
    switch (parent.type) {
      case 'await_expression':
      case 'parenthesized_expression':
        if (parent.parent && /^(if|while|do)_statement$/.test(parent.parent.type)) return 'checked';
        break;
      case 'expression_statement':
        return 'no';
      case 'unary_expression':
        return parent.childForFieldName('operator')?.text === 'void' ? 'discarded' : 'checked';
      case 'binary_expression':
      case 'ternary_expression':
        return 'checked';
      default:
        return 'used';
    }
  return 'used';
}
