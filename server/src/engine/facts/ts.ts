/** Reads the facts of a TypeScript or JavaScript file: one query for shapes, then the names that some fact speaks of. */
import type { Node, Query } from 'web-tree-sitter';
import type { Grammar, Grammars } from '../grammars.js';
import type { Source } from '../source.js';
import { readComments, readLiterals } from './around.js';
import { Functions } from './functions.js';
import { type Interest, shapesFor } from './interest.js';
import { cut } from './literals.js';
import type { CallFact, ExportFact, ExprFact, FileFacts, GapFact, ImportFact, ShapeFact } from './model.js';
import { Names, Wanted, lastOf } from './names.js';
import { readExports, readImports } from './ts-modules.js';
import { lower, named, plainTsType } from './ts-lower.js';
import { joinVariables, type Declaration, type Use } from './variables.js';
import { Syntax } from '../syntax.js';

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
    return new TsFile(source, { ...interest, shapes }, query).facts(asked);
  }
}

class TsFile {
  private readonly text: string;
  private readonly raw: Node;
  private readonly root: Syntax;
  private readonly names: Names;
  private readonly wanted = new Wanted();
  private readonly functions = new Functions();
  /** By start and end: the calls of a chain all start at one place. */
  private readonly calls = new Map<string, CallFact>();
  private readonly nodes = new Map<number, Syntax>();
  private readonly returnsRead = new Set<number>();
  private readonly imports: ImportFact[] = [];
  private readonly exports: ExportFact[] = [];
  private aliases: ReadonlySet<string> = new Set();
  /** Above zero while arguments of a call are lowered that nobody listens to: their names are not followed. */
  private aside = 0;

  constructor(
    source: Source,
    private readonly interest: Interest,
    private readonly query: Query,
  ) {
    this.text = source.text;
    this.raw = source.tree.rootNode;
    this.root = Syntax.root(this.raw, source.text);
    this.names = new Names(source.text);
  }

  facts(asked: readonly string[]): FileFacts {
    const candidates: { node: Node; path: string }[] = [];
    const gaps: GapFact[] = [];
    const shapes: ShapeFact[] = [];
    const rawShapes: [number, readonly { name: string; node: Node }[]][] = [];
    /** Local names of functions that rules listen to, where they differ: renamed imports, `const dial = mqtt.connect`. */
    const aliases = new Set<string>();
    const alias = (local: string, meant: string): void => {
      if (this.interest.calls.has(lastOf(meant))) aliases.add(local);
    };
    for (const { patternIndex, captures } of this.query.matches(this.raw)) {
      const first = captures[0]?.node;
      if (!first) continue;
      if (patternIndex < FUNCTIONS) this.addFunction(this.root.of(first));
      else if (patternIndex < CALLS) {
        const path = this.slice(captures[1]?.node ?? first);
        this.functions.calls(this.functions.around(first.startIndex), path);
        candidates.push({ node: first, path });
      } else if (patternIndex < GAPS)
        gaps.push({ start: first.startIndex, end: first.endIndex, reason: 'the grammar cannot read it' });
      else if (patternIndex < IMPORTS) this.imports.push(...readImports(this.root.of(first), this.text));
      else if (patternIndex < EXPORTS) this.exports.push(...readExports(this.root.of(first), this.text));
      else if (patternIndex < RENAMES) alias(this.slice(captures[1]?.node ?? first), this.slice(first));
      else if (patternIndex < FIRST_SHAPE)
        alias(this.slice(first), meantBy(this.slice(captures[1]?.node ?? first)));
      else rawShapes.push([patternIndex - FIRST_SHAPE, captures]);
    }
    for (const { local, module, imported } of this.imports)
      alias(local, imported === 'default' || imported === '*' ? module : imported);
    const interesting = candidates
      .filter(({ path }) => path === 'require' || this.interest.calls.has(lastOf(path)) || aliases.has(path))
      .map(({ node }) => this.root.of(node));
    this.aliases = aliases;
    for (const node of interesting) this.lowerCall(node);
    for (const [index, captures] of rawShapes) shapes.push(this.shape(index, captures));
    for (const type of this.interest.types) this.wantType(type);
    for (const name of asked) this.wanted.add(this.exports.find((each) => each.name === name)?.local ?? name);
    const literals = readLiterals(this.text, this.interest.needles, this.root, {
      isString: (type) => type === 'string' || type === 'template_string',
      lower: (node) => this.lower(node),
      around: (node) => this.functions.around(node.startIndex),
      condition: () => undefined,
    });
    const variables = [];
    for (let name = this.wanted.next(); name !== undefined; name = this.wanted.next()) {
      const { declarations, uses } = name.startsWith('this.') ? this.fieldStory(name) : this.story(name);
      variables.push(...joinVariables(declarations, uses));
    }
    return {
      lang: 'ts',
      functions: this.functions.facts(),
      calls: [...this.calls.values()],
      variables,
      objects: [],
      imports: this.imports,
      exports: this.exports,
      literals,
      shapes,
      suppressions: readComments(this.text, this.root),
      gaps,
      functionsSeen: this.functions.count,
      functionsAnalysed: this.functions.count - this.functions.touchedBy(gaps),
    };
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

  private lower(node: Syntax): ExprFact {
    return lower(node, {
      text: this.text,
      want: (name) => {
        if (this.aside === 0) this.wanted.add(name);
      },
      lowerCall: (call) => this.lowerCall(call),
      lowerFunction: (func) => this.lowerFunction(func),
    });
  }

  private lowerFunction(node: Syntax): number | undefined {
    const index = this.functions.at(node.startIndex);
    if (index !== undefined && this.aside === 0) this.tellReturns(index);
    return index;
  }

  private tellReturns(index: number): void {
    const node = this.nodes.get(index);
    if (!node || this.returnsRead.has(index)) return;
    this.returnsRead.add(index);
    const body = node.childForFieldName('body');
    if (!body) return;
    if (body.type !== 'statement_block') {
      this.functions.returns(index, [this.lower(body)]);
      return;
    }
    const own = body
      .below('return_statement')
      .filter((each) => this.functions.around(each.startIndex) === index)
      .slice(0, 20);
    this.functions.returns(
      index,
      own.flatMap((statement) => (statement.firstNamedChild ? [this.lower(statement.firstNamedChild)] : [])),
    );
  }

  private lowerCall(node: Syntax): ExprFact {
    const span = { start: node.startIndex, end: node.endIndex };
    const isNew = node.type === 'new_expression';
    const key = `${String(span.start)}:${String(span.end)}`;
    const calleeNode = node.childForFieldName(isNew ? 'constructor' : 'function');
    let call = this.calls.get(key);
    if (!call) {
      const callee = calleeNode ? this.lower(calleeNode) : undefined;
      const list = node.childForFieldName('arguments');
      const property = calleeNode?.childForFieldName('property') ?? calleeNode;
      const on = callee?.path === undefined ? callee?.parts?.[0] : undefined;
      const path = callee?.path ?? (on && callee?.operator !== undefined ? `.${callee.operator}` : '');
      const heard =
        path !== '' &&
        (this.interest.calls.has(lastOf(path)) || this.aliases.has(path) || path === 'require');
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
      };
      if (heard && path !== 'require') this.calls.set(key, call);
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

  private story(name: string): { declarations: Declaration[]; uses: Use[] } {
    const declarations: Declaration[] = [];
    const uses: Use[] = [];
    for (const offset of this.names.offsets(name)) {
      const node = this.root.at(offset, offset + name.length);
      if (node.endIndex - node.startIndex !== name.length) continue;
      if (
        !/^(identifier|shorthand_property_identifier|shorthand_property_identifier_pattern)$/.test(node.type)
      )
        continue;
      const declaration = this.declaration(name, node);
      if (declaration) declarations.push(declaration);
      else uses.push(...this.use(node));
    }
    return { declarations, uses };
  }

  private declaration(name: string, node: Syntax): Declaration | undefined {
    const declared = { start: node.startIndex, end: node.endIndex };
    let taken = '';
    let fallback: Syntax | undefined;
    let child = node;
    for (let parent = node.parent; parent; child = parent, parent = parent.parent)
      switch (parent.type) {
        case 'object_pattern':
        case 'array_pattern':
        case 'rest_pattern':
          if (taken === '' && child === node) taken = name;
          if (parent.type !== 'object_pattern') taken = '?';
          break;
        case 'pair_pattern': {
          if (parent.childForFieldName('value')?.id !== child.id) return undefined;
          const key = parent.childForFieldName('key')?.text ?? '?';
          taken = taken === '' || taken === name ? key : `${key}.${taken}`;
          break;
        }
        case 'object_assignment_pattern':
        case 'assignment_pattern':
          if (parent.childForFieldName('left')?.id !== child.id) return undefined;
          fallback = parent.childForFieldName('right') ?? undefined;
          if (taken === '' && node.type === 'shorthand_property_identifier_pattern') taken = name;
          break;
        case 'variable_declarator': {
          if (parent.childForFieldName('name')?.id !== child.id) return undefined;
          const value = parent.childForFieldName('value');
          const type = parent.childForFieldName('type')?.text;
          const scope = this.scopeOf(parent);
          const from = taken !== '' && value ? this.member(this.lower(value), taken) : undefined;
          return {
            name,
            declared,
            scope: { start: parent.startIndex < scope.start ? scope.start : scope.start, end: scope.end },
            kind: scope.whole ? 'global' : 'local',
            ...(type !== undefined && taken === '' && { type: plainTsType(type) }),
            ...(value && taken === '' && { init: this.lower(value) }),
            ...(from && { takenFrom: from }),
          };
        }
        case 'required_parameter':
        case 'optional_parameter':
        case 'formal_parameters':
        case 'arrow_function': {
          if (parent.type === 'arrow_function' && parent.childForFieldName('parameter')?.id !== child.id)
            return undefined;
          if (parent.type.endsWith('_parameter') && parent.childForFieldName('pattern')?.id !== child.id)
            return undefined;
          const list = parent.type.endsWith('_parameter') ? parent.parent : parent;
          const owner =
            parent.type === 'arrow_function'
              ? parent
              : list?.type === 'formal_parameters'
                ? list.parent
                : null;
          if (!owner) return undefined;
          const func = this.functions.at(owner.startIndex) ?? -1;
          const index =
            parent.type.endsWith('_parameter') && list
              ? named(list).findIndex((each) => each.id === parent.id)
              : 0;
          const type = parent.childForFieldName('type')?.text;
          const init = parent.childForFieldName('value') ?? fallback;
          return {
            name,
            declared,
            scope: { start: owner.startIndex, end: owner.endIndex },
            kind: 'parameter',
            ...(type !== undefined && taken === '' && { type: plainTsType(type) }),
            ...(init && { init: this.lower(init) }),
            parameter: { func, index: taken === '' ? index : -1 },
          };
        }
        case 'function_declaration':
        case 'generator_function_declaration': {
          if (parent.childForFieldName('name')?.id !== child.id) return undefined;
          const scope = this.scopeOf(parent);
          const func = this.lowerFunction(parent);
          return {
            name,
            declared,
            scope: { start: scope.start, end: scope.end },
            kind: 'global',
            init: { kind: 'function', ...declared, text: name, ...(func !== undefined && { func }) },
          };
        }
        case 'catch_clause': {
          if (parent.childForFieldName('parameter')?.id !== child.id) return undefined;
          return {
            name,
            declared,
            scope: { start: parent.startIndex, end: parent.endIndex },
            kind: 'parameter',
            type: 'Error',
          };
        }
        default:
          return undefined;
      }
    return undefined;
  }

  private member(object: ExprFact, field: string): ExprFact {
    const { path } = object;
    if (path === undefined || field === '?')
      return {
        kind: 'member',
        start: object.start,
        end: object.end,
        text: object.text,
        operator: field,
        parts: [object],
      };
    return {
      kind: 'member',
      start: object.start,
      end: object.end,
      text: object.text,
      path: `${path}.${field}`,
    };
  }

  private scopeOf(node: Syntax): { start: number; end: number; whole: boolean } {
    for (let outer = node.parent; outer; outer = outer.parent)
      if (
        /^(statement_block|for_statement|for_in_statement|switch_body|class_static_block)$/.test(outer.type)
      )
        return { start: outer.startIndex, end: outer.endIndex, whole: false };
    return { start: 0, end: this.text.length, whole: true };
  }

  /** `this.client`: its definition, the parameter property of a constructor, and what is written to it in its class. */
  private fieldStory(path: string): { declarations: Declaration[]; uses: Use[] } {
    const name = path.slice('this.'.length);
    const declarations = new Map<number, Declaration>();
    const uses: Use[] = [];
    for (const offset of this.names.offsets(name)) {
      const node = this.root.at(offset, offset + name.length);
      if (!node.parent || node.endIndex - node.startIndex !== name.length) continue;
      const parent = node.parent;
      const owner = classOf(node);
      if (!owner) continue;
      const declared = { start: node.startIndex, end: node.endIndex };
      const field = (extra: Partial<Declaration>): void => {
        declarations.set(owner.startIndex, {
          ...(declarations.get(owner.startIndex) ?? {
            name: path,
            declared,
            scope: { start: owner.startIndex, end: owner.endIndex },
            kind: 'field' as const,
          }),
          ...extra,
        });
      };
      if (parent.type === 'public_field_definition' && parent.childForFieldName('name')?.id === node.id) {
        const type = parent.childForFieldName('type')?.text;
        const value = parent.childForFieldName('value');
        field({
          ...(type !== undefined && { type: plainTsType(type) }),
          ...(value && { init: this.lower(value) }),
        });
      } else if (
        parent.type === 'required_parameter' &&
        parent.namedChildren.some((each) => each.type === 'accessibility_modifier')
      ) {
        const type = parent.childForFieldName('type')?.text;
        if (type !== undefined) field({ type: plainTsType(type) });
      } else if (parent.type === 'member_expression' && parent.childForFieldName('object')?.type === 'this') {
        field({});
        uses.push(...this.use(parent));
      }
    }
    return { declarations: [...declarations.values()], uses };
  }

  private use(node: Syntax): Use[] {
    const at = { start: node.startIndex, end: node.endIndex };
    const fields: string[] = [];
    let whole = node;
    let parent = node.parent;
    for (; parent; whole = parent, parent = parent.parent) {
      if (parent.type === 'member_expression' && parent.childForFieldName('object')?.id === whole.id)
        fields.push(parent.childForFieldName('property')?.text ?? '');
      else if (
        parent.type === 'subscript_expression' &&
        parent.childForFieldName('object')?.id === whole.id
      ) {
        const index = parent.childForFieldName('index');
        fields.push(index?.type === 'string' ? index.text.slice(1, -1) : '[]');
      } else if (!/^(parenthesized|non_null|as|satisfies|await)_expression$/.test(parent.type)) break;
    }
    const field = fields.join('.');
    const escape: Use[] = field === '' ? [{ kind: 'escape', at }] : [];
    switch (parent?.type) {
      case 'assignment_expression':
      case 'augmented_assignment_expression': {
        const right = parent.childForFieldName('right');
        if (parent.childForFieldName('left')?.id !== whole.id || !right) return escape;
        const compound = parent.type === 'augmented_assignment_expression';
        return [{ kind: 'write', write: { ...at, field, value: this.lower(right), compound } }];
      }
      case 'update_expression':
        return [{ kind: 'write', write: { ...at, field, value: this.lower(whole), compound: true } }];
      case 'arguments': {
        const call = parent.parent;
        const callee = call?.childForFieldName('function') ?? call?.childForFieldName('constructor');
        if (!callee) return escape;
        const index = named(parent).findIndex((argument) => argument.id === whole.id);
        return [
          { kind: 'pass', pass: { ...at, callee: this.slice(callee), index, field, byAddress: false } },
        ];
      }
      case 'variable_declarator':
      case 'return_statement':
      case 'pair':
      case 'object':
      case 'array':
      case 'arrow_function':
        return parent.childForFieldName('name')?.id === whole.id ? [] : escape;
      default:
        return [];
    }
  }
}

/** The name that a short initialiser passes on: `mqtt.connect`, or the module of `require('express')`. */
function meantBy(value: string): string {
  if (value.length > 120) return '';
  return /^require\(\s*['"`]([^'"`]+)['"`]\s*\)$/.exec(value)?.[1] ?? (/^[\w$.]+$/.test(value) ? value : '');
}

function classOf(node: Syntax): Syntax | undefined {
  for (let outer = node.parent; outer; outer = outer.parent) if (outer.type === 'class_body') return outer;
  return undefined;
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
