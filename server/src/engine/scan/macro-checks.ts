/**
 * Macros that check: `REQUIRE(p)` that stands for `if (!p) return;`. What they ask holds for all that comes behind
 * them. Their bodies lie in no tree, so they are read here, statement by statement.
 */
import type { ExprFact } from '../facts/model.js';
import { cExpression } from './c-expression.js';
import { macroValue } from './macro-values.js';
import type { Macro } from './macros.js';
import { type Statement, statementsOf } from './macro-statements.js';

/** A condition that holds, or does not, wherever the code behind a macro runs. */
export interface Kept {
  readonly condition: ExprFact;
  readonly truth: boolean;
}

export interface MacroChecks {
  /** In words of the macro's parameters. */
  readonly kept: readonly Kept[];
  /** Whatever it is given, the code behind it does not run. */
  readonly leaves: boolean;
  /** When statements run that a parameter is given. */
  readonly runs?: ReadonlyMap<string, Kept>;
}

/** What the reader of a body asks of the product. */
export interface Surroundings {
  macro(name: string): Macro | undefined;
  /** Whether a function never comes back. */
  ends(name: string): boolean;
  /** The argument that is true behind a call, as with `assert`. */
  holds(name: string): number | undefined;
}

const NOTHING: MacroChecks = { kept: [], leaves: false };
/** Macros in macros are followed so deep. */
const DEEPEST = 5;
/** A longer body is no check. */
const LONGEST = 4000;
const MOST_KEPT = 8;
/** Parts of one condition, and macros inside of it. */
const MOST_PARTS = 12;

type Bound = ReadonlyMap<string, ExprFact>;

/** What holds behind a macro with arguments. */
export function checksOf(macro: Macro, around: Surroundings, depth = 0): MacroChecks {
  if (macro.params === undefined || depth > DEEPEST || macro.body.length > LONGEST) return NOTHING;
  const reader = new BodyReader(around, depth);
  const body = withoutHashes(macro.body);
  const statements = statementsOf(body);
  if (!statements) return reader.expression(cExpression(body), NONE);
  const checks = reader.run(statements, NONE, false);
  return reader.runs.size > 0 ? { ...checks, runs: reader.runs } : checks;
}

/** `#c` becomes a text, and `##__VA_ARGS__` the arguments. */
function withoutHashes(body: string): string {
  return body.replace(/##/g, '').replace(/#\s*[A-Za-z_]\w*/g, '""');
}

class BodyReader {
  readonly runs = new Map<string, Kept>();

  constructor(
    private readonly around: Surroundings,
    private readonly depth: number,
  ) {}

  run(statements: readonly Statement[], outer: Bound, inLoop: boolean): MacroChecks {
    const bound = new Map(outer);
    const kept: Kept[] = [];
    for (const statement of statements) {
      const found = this.one(statement, bound, inLoop);
      kept.push(...found.kept);
      if (found.leaves) return { kept, leaves: true };
    }
    return { kept: kept.slice(0, MOST_KEPT), leaves: false };
  }

  private one(statement: Statement, bound: Map<string, ExprFact>, inLoop: boolean): MacroChecks {
    switch (statement.kind) {
      case 'block':
        return this.run(statement.inner, bound, inLoop);
      case 'once':
        return this.run(statement.inner, bound, true);
      case 'leave':
        return { kept: [], leaves: !(inLoop && /^(?:break|continue)$/.test(statement.word)) };
      case 'if': {
        const condition = placed(cExpression(statement.condition), bound);
        this.given(statement.yes, { condition, truth: true });
        this.given(statement.no, { condition, truth: false });
        const yes = this.run(statement.yes, bound, inLoop);
        const no = this.run(statement.no, bound, inLoop);
        if (yes.leaves && no.leaves) return { kept: [], leaves: true };
        if (yes.leaves) return { kept: [...this.plain(condition, false), ...no.kept], leaves: false };
        if (no.leaves) return { kept: [...this.plain(condition, true), ...yes.kept], leaves: false };
        return NOTHING;
      }
      case 'plain':
        return this.simple(statement.text, bound);
      case 'other':
        return NOTHING;
    }
  }

  /** Statements that the macro is given, directly under a condition. */
  private given(statements: readonly Statement[], when: Kept): void {
    for (const statement of statements)
      if (statement.kind === 'block') this.given(statement.inner, when);
      else if (statement.kind === 'plain' && /^\w+$/.test(statement.text))
        this.runs.set(statement.text, when);
  }

  private simple(text: string, bound: Map<string, ExprFact>): MacroChecks {
    const declared = DECLARATION.exec(text);
    const name = declared?.[1];
    if (declared && name !== undefined) {
      bound.set(name, placed(cExpression(text.slice(declared[0].length)), bound));
      return NOTHING;
    }
    const assigned = ASSIGNMENT.exec(text)?.[1];
    if (assigned !== undefined) bound.delete(assigned);
    return this.expression(cExpression(text), bound);
  }

  /** `(x) ? (void)0 : abort()`, `REQUIRE(x)`, `abort()`. */
  expression(written: ExprFact, bound: Bound): MacroChecks {
    const expression = placed(written, bound);
    if (expression.kind === 'conditional') {
      const [condition, yes, no] = expression.parts ?? [];
      if (!condition || !yes || !no) return NOTHING;
      const [first, second] = [this.expression(yes, NONE), this.expression(no, NONE)];
      if (first.leaves && second.leaves) return { kept: [], leaves: true };
      if (first.leaves) return { kept: this.plain(condition, false), leaves: false };
      return second.leaves ? { kept: this.plain(condition, true), leaves: false } : NOTHING;
    }
    const { call } = expression;
    if (!call) return NOTHING;
    if (this.around.ends(call.path)) return { kept: [], leaves: true };
    const demanded = call.args[this.around.holds(call.path) ?? -1];
    if (demanded && /^(?:0|false|null)$/.test(demanded.value ?? '')) return { kept: [], leaves: true };
    if (demanded) return { kept: this.plain(demanded, true), leaves: false };
    const macro = this.around.macro(call.path);
    const given = macro && parameters(macro, call.args);
    if (!macro || !given) return NOTHING;
    const { kept, leaves } = checksOf(macro, this.around, this.depth + 1);
    return { kept: kept.map((each) => ({ ...each, condition: placed(each.condition, given) })), leaves };
  }

  /** A condition taken apart into what is certain by itself. */
  private plain(condition: ExprFact, truth: boolean, depth = 0): Kept[] {
    if (depth > MOST_PARTS) return [];
    const { kind, operator, parts = [], call } = condition;
    const [left, right] = parts;
    if (kind === 'unary' && operator === '!' && left) return this.plain(left, !truth, depth + 1);
    if (kind === 'binary' && left && right && operator === (truth ? '&&' : '||'))
      return [left, right].flatMap((each) => this.plain(each, truth, depth + 1));
    const inner = call && this.meaning(call.path, call.args);
    return inner ? this.plain(inner, truth, depth + 1) : [{ condition, truth }];
  }

  /** The expression that `unlikely(x)` or `IS_SET(x)` stands for. */
  private meaning(name: string, args: readonly ExprFact[]): ExprFact | undefined {
    if (name === '__builtin_expect') return args[0];
    const macro = this.around.macro(name);
    const given = macro && parameters(macro, args);
    if (!given) return undefined;
    const value = macroValue(macro);
    return value.kind === 'other' ? undefined : placed(value, given);
  }
}

const NONE: Bound = new Map();
/** `__typeof__(p) copy = `, `const char *text = `: a word or two, then a name. */
const DECLARATION =
  /^(?:(?:const|volatile|unsigned|signed|long|short|struct|static|register)\s+)*(?:(?:__)?typeof(?:__)?\s*\([^=;]*?\)|[A-Za-z_]\w*(?:\s+(?:long|int|char|short))*)(?:\s*\*+\s*(?:const\s+)?|\s+)([A-Za-z_]\w*)\s*=(?!=)/;
const ASSIGNMENT = /^\s*([A-Za-z_]\w*)\s*[-+*/|&^]?=(?!=)/;

function parameters(macro: Macro, args: readonly ExprFact[]): Bound | undefined {
  const names = new Map<string, ExprFact>();
  for (const [index, name] of (macro.params ?? []).entries()) {
    if (name === '' || name.endsWith('...')) return names;
    const argument = args[index];
    if (!argument) return undefined;
    names.set(name, argument);
  }
  return names;
}

/** An expression with names replaced by what they stand for. */
function placed(expression: ExprFact, bound: Bound): ExprFact {
  if (bound.size === 0) return expression;
  const { path, parts, call } = expression;
  if (expression.kind === 'name' && path !== undefined) return bound.get(path) ?? expression;
  // A field of what is bound is another expression than its path says.
  if (path !== undefined && bound.has(path.slice(0, Math.max(0, path.indexOf('.')))))
    return { ...expression, kind: 'other', path: '' };
  return {
    ...expression,
    ...(parts && { parts: parts.map((each) => placed(each, bound)) }),
    ...(call && { call: { ...call, args: call.args.map((each) => placed(each, bound)) } }),
  };
}
