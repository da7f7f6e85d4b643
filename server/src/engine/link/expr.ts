/** Facts as the rules see them: expressions, calls and functions with their names followed. */
import type { At, Call, Expr, ExprKind, Func, LiteralKind, Thing } from '../../../../rules/kit/index.js';
import type { CallFact, FunctionFact } from '../facts/model.js';
import { rootOf } from '../facts/names.js';
import { shownFor } from './c-calls.js';
import type { Way } from './follow.js';
import { type Located, within } from './located.js';
import type { LinkedFile } from './product.js';
import type { Constant } from './constant.js';
import { elementsOf } from './values.js';
import { type LocatedExpr, type Views, at } from './views.js';

export class LinkedExpr implements LocatedExpr {
  private way: Way | undefined;
  private worth: { constant: Constant | undefined } | undefined;

  /** `shown` stands in the code that is judged; `source` is what it means where it was written. */
  constructor(
    private readonly linker: Views,
    readonly source: Located,
    private readonly shown: Located,
  ) {}

  get at(): At {
    return at(this.shown.linked, this.shown.fact);
  }

  get kind(): ExprKind {
    return this.shown.fact.kind;
  }

  get text(): string {
    return this.shown.fact.text;
  }

  get operator(): string | undefined {
    return this.shown.fact.operator;
  }

  get names(): readonly string[] {
    return this.follow().names;
  }

  get value(): string | undefined {
    return this.constant()?.value;
  }

  get literal(): LiteralKind | undefined {
    return this.constant()?.kind ?? this.literalOf(this.follow().final);
  }

  private constant(): Constant | undefined {
    this.worth ??= { constant: this.linker.constant(this.source) };
    return this.worth.constant;
  }

  get elements(): number | undefined {
    return elementsOf(this.linker, this.source);
  }

  /** What an expression will be whatever its value is: text and something unknown make text. */
  private literalOf(final: Located | undefined): LiteralKind | undefined {
    switch (final?.fact.kind) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
        return final.fact.kind;
      case 'template':
        return 'string';
      case 'binary':
      case 'address': {
        const first = final.fact.parts?.[0];
        // `n = n % 2` leads to itself.
        return first && this.linker.work.step(() => this.linker.located(within(final, first)).literal);
      }
      default:
        return undefined;
    }
  }

  get origin(): At | undefined {
    const { final } = this.follow();
    return final && final.fact !== this.shown.fact ? at(final.linked, final.fact) : undefined;
  }

  get call(): Call | undefined {
    const { final } = this.follow();
    return final?.fact.call && this.linker.call(final.linked, final.fact.call);
  }

  get thing(): Thing | undefined {
    const { linked, fact } = this.source;
    const target = fact.kind === 'address' ? fact.parts?.[0] : fact;
    if (target?.path !== undefined) {
      const variable = this.linker.resolver.product.variable(linked, rootOf(target.path), target.start);
      if (variable?.name === target.path) {
        const type = this.linker.resolver.typeOfVariable(linked, variable);
        return this.linker.thingOf(linked, variable, type);
      }
    }
    const { final } = this.follow();
    return final?.fact.kind === 'object' ? this.linker.thingAt(final, final.fact.type) : undefined;
  }

  get func(): Func | undefined {
    const { final } = this.follow();
    if (final?.fact.func !== undefined) return this.linker.func(final.linked, final.fact.func);
    const { linked, fact } = this.source;
    const named =
      fact.path === undefined ? undefined : this.linker.resolver.functionNamed(linked, fact.path, fact.start);
    return named && this.linker.func(named.linked, named.func);
  }

  get parts(): readonly Expr[] {
    const whole = (this.source.fact.kind === 'address' ? undefined : this.follow().final) ?? this.source;
    return (whole.fact.parts ?? []).map((part) => this.linker.located(within(whole, part)));
  }

  private follow(): Way {
    this.way ??= this.linker.follower.follow(this.source);
    return this.way;
  }
}

export class LinkedCall implements Call {
  constructor(
    private readonly linker: Views,
    private readonly linked: LinkedFile,
    private readonly fact: CallFact,
    readonly callee: string,
  ) {}

  get at(): At {
    return at(this.linked, this.fact);
  }

  get calleeAt(): At {
    return at(this.linked, this.fact.callee);
  }

  get args(): readonly Expr[] {
    const { linked, fact, linker } = this;
    if (linked.facts.lang !== 'c') return fact.args.map((argument) => linker.expr(linked, argument));
    const { args } = linker.resolver.cCalls.expanded(linked, fact);
    return args.map((source) =>
      source.site ? linker.located(source, { linked, fact: shownFor(fact) }) : linker.located(source),
    );
  }

  get receiver(): Expr | undefined {
    if (this.fact.on) return this.linker.expr(this.linked, this.fact.on);
    const dot = this.fact.path.lastIndexOf('.');
    if (dot <= 0) return undefined;
    const path = this.fact.path.slice(0, dot);
    return this.linker.expr(this.linked, {
      kind: path.includes('.') ? 'member' : 'name',
      start: this.fact.start,
      end: this.fact.start + path.length,
      text: path,
      path,
    });
  }

  get isNew(): boolean {
    return this.fact.isNew;
  }

  get inside(): Func | undefined {
    return this.linker.func(this.linked, this.fact.func);
  }

  get guarded(): boolean {
    return this.fact.guarded ?? false;
  }

  get result(): Call['result'] {
    return this.fact.result;
  }
}

export class LinkedFunc implements Func {
  constructor(
    private readonly linker: Views,
    private readonly linked: LinkedFile,
    private readonly fact: FunctionFact,
  ) {}

  get at(): At {
    return at(this.linked, this.fact);
  }

  get name(): string {
    return this.fact.name;
  }

  get params(): readonly string[] {
    return this.fact.params;
  }

  get calls(): ReadonlySet<string> {
    return new Set(this.fact.calls);
  }

  get returns(): readonly Expr[] {
    return this.fact.returns.map((value) => this.linker.expr(this.linked, value));
  }

  get argumentOf(): Func['argumentOf'] {
    const { argumentOf } = this.fact;
    const call =
      argumentOf &&
      this.linked.facts.calls.find(
        (each) => each.start === argumentOf.call && each.args[argumentOf.index]?.start === this.fact.start,
      );
    return call && { call: this.linker.call(this.linked, call), index: argumentOf.index };
  }

  get statements(): number {
    return this.fact.statements;
  }

  get tail(): Expr | undefined {
    return this.fact.tail && this.linker.expr(this.linked, this.fact.tail);
  }

  get uses(): ReadonlySet<string> {
    return new Set(this.fact.uses);
  }
}
