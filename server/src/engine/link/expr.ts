/** Facts as the rules see them: expressions, calls and functions with their names followed. */
import type { At, Call, Expr, ExprKind, Func, LiteralKind, Thing } from '../../../../rules/kit/index.js';
import type { CallFact, ExprFact, FunctionFact, PassFact, VariableFact } from '../facts/model.js';
import { rootOf } from '../facts/names.js';
import { macroValue } from '../scan/macros.js';
import type { LinkedFile } from './product.js';
import type { Located } from './resolve.js';
import { type LocatedExpr, type Views, at } from './views.js';

const FARTHEST = 10;

export class LinkedExpr implements LocatedExpr {
  private followed: { final: Located | undefined; names: string[] } | undefined;

  constructor(
    private readonly linker: Views,
    readonly linked: LinkedFile,
    readonly fact: ExprFact,
    private readonly depth: number,
  ) {}

  get at(): At {
    return at(this.linked, this.fact);
  }

  get kind(): ExprKind {
    return this.fact.kind;
  }

  get text(): string {
    return this.fact.text;
  }

  get operator(): string | undefined {
    return this.fact.operator;
  }

  get names(): readonly string[] {
    return this.follow().names;
  }

  get value(): string | undefined {
    const { final } = this.follow();
    if (!final) return undefined;
    const { fact } = final;
    if (fact.value !== undefined) return fact.value;
    if (this.depth > FARTHEST) return undefined;
    if (fact.kind === 'template' || (fact.kind === 'binary' && fact.operator === '+'))
      return this.joined(final);
    if (fact.kind === 'binary') return this.computed(final);
    if (fact.kind === 'address' && fact.parts?.[0])
      return this.linker.expr(final.linked, fact.parts[0], this.depth + 1).value;
    return undefined;
  }

  get literal(): LiteralKind | undefined {
    const { final } = this.follow();
    switch (final?.fact.kind) {
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
        return final.fact.kind;
      case 'template':
        return 'string';
      case 'binary': {
        const first = final.fact.parts?.[0];
        return first && this.depth <= FARTHEST
          ? this.linker.expr(final.linked, first, this.depth + 1).literal
          : undefined;
      }
      case 'address': {
        const target = final.fact.parts?.[0];
        return target && this.depth <= FARTHEST
          ? this.linker.expr(final.linked, target, this.depth + 1).literal
          : undefined;
      }
      default:
        return undefined;
    }
  }

  get origin(): At | undefined {
    const { final } = this.follow();
    return final && final.fact !== this.fact ? at(final.linked, final.fact) : undefined;
  }

  get call(): Call | undefined {
    const { final } = this.follow();
    return final?.fact.call && this.linker.call(final.linked, final.fact.call);
  }

  get thing(): Thing | undefined {
    const target = this.fact.kind === 'address' ? this.fact.parts?.[0] : this.fact;
    if (target?.path !== undefined) {
      const variable = this.linker.resolver.product.variable(this.linked, rootOf(target.path), target.start);
      if (variable?.name === target.path) {
        const type = this.linker.resolver.typeOfVariable(this.linked, variable);
        return this.linker.thingOf(this.linked, variable, type);
      }
    }
    const { final } = this.follow();
    return final?.fact.kind === 'object'
      ? this.linker.thing(final.linked, final.fact, final.fact.type)
      : undefined;
  }

  get func(): Func | undefined {
    const { final } = this.follow();
    if (final?.fact.func !== undefined) return this.linker.func(final.linked, final.fact.func);
    const path = this.fact.path;
    const named =
      path === undefined ? undefined : this.linker.resolver.functionNamed(this.linked, path, this.fact.start);
    return named && this.linker.func(named.linked, named.func);
  }

  get parts(): readonly Expr[] {
    const { linked, fact } = (this.fact.kind === 'address' ? undefined : this.follow().final) ?? this;
    return (fact.parts ?? []).map((part) => this.linker.expr(linked, part, this.depth + 1));
  }

  /** Strings joined; any part unknown makes the whole unknown. */
  private joined({ linked, fact }: Located): string | undefined {
    const values = (fact.parts ?? []).map((part) => this.linker.expr(linked, part, this.depth + 1));
    const numeric = fact.kind === 'binary' && values.every((value) => value.literal === 'number');
    if (numeric) return this.computed({ linked, fact });
    const texts = values.map((value) => value.value);
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }

  private computed({ linked, fact }: Located): string | undefined {
    const [left, right] = (fact.parts ?? []).map((part) => {
      const value = this.linker.expr(linked, part, this.depth + 1);
      return value.literal === 'number' ? Number(value.value) : NaN;
    });
    if (left === undefined || right === undefined || Number.isNaN(left) || Number.isNaN(right))
      return undefined;
    const result = ARITHMETIC[fact.operator ?? '']?.(left, right);
    return result !== undefined && Number.isSafeInteger(result) ? String(result) : undefined;
  }

  /** From name to name to the literal, call or object behind it. */
  private follow(): { final: Located | undefined; names: string[] } {
    if (this.followed) return this.followed;
    const names: string[] = [];
    let here: Located = { linked: this.linked, fact: this.fact };
    this.followed = { final: undefined, names };
    for (let hops = 0; hops < FARTHEST; hops++) {
      // `&verify` is worth what `verify` is: a setting is often handed over by address.
      const target = here.fact.kind === 'address' ? here.fact.parts?.[0] : undefined;
      if (target?.path !== undefined) here = { linked: here.linked, fact: target };
      const { path } = here.fact;
      if (path === undefined || (here.fact.kind !== 'name' && here.fact.kind !== 'member')) {
        this.followed = { final: here, names };
        return this.followed;
      }
      const canonical =
        here.linked.facts.lang === 'ts'
          ? this.linker.resolver.canonical(here.linked, path, here.fact.start)
          : undefined;
      names.push(canonical ?? path);
      const next = this.next(here, path);
      if (!next) return this.followed;
      here = next;
    }
    return this.followed;
  }

  private next(here: Located, path: string): Located | undefined {
    const { product } = this.linker.resolver;
    const root = rootOf(path);
    const rest = path.slice(root.length + 1);
    const variable = product.variable(here.linked, root, here.fact.start);
    if (variable) return this.throughVariable(here.linked, variable, rest);
    if (here.linked.facts.lang === 'c') {
      const macro = rest === '' ? product.macros.meaning(root, here.linked.file) : undefined;
      const linked =
        macro && (product.files.get(macro.file) ?? { file: macro.file, facts: here.linked.facts });
      return macro && linked && { linked, fact: macroValue(macro.macro) };
    }
    const imported = here.linked.facts.imports.find((each) => each.local === root);
    const target = imported && product.module(here.linked.file, imported.module);
    const exported = target && this.linker.resolver.exported(target, imported.imported, rest);
    return exported && this.throughVariable(exported.linked, exported.variable, exported.rest);
  }

  private throughVariable(linked: LinkedFile, variable: VariableFact, rest: string): Located | undefined {
    if (
      linked.facts.lang === 'c' &&
      variable.passed.some(
        (pass) => (pass.byAddress || pass.index === 0) && this.mayWrite(linked, variable, pass),
      )
    )
      return undefined;
    const contentsChange =
      rest === '' && variable.pointer !== true && variable.writes.some(({ field }) => field.startsWith('[]'));
    if (variable.pointedAt || contentsChange) return undefined;
    if (variable.takenFrom) return { linked, fact: variable.takenFrom };
    if (rest === '') {
      const value = this.linker.resolver.onlyValue(variable);
      return value && { linked, fact: value };
    }
    const thing = this.linker.thingOf(
      linked,
      variable,
      this.linker.resolver.typeOfVariable(linked, variable),
    );
    const field = thing?.fields.get(rest);
    return field && { linked: field.linked, fact: field.fact };
  }

  /** An array given to a call as first argument, or anything given by address, may come back changed. */
  private mayWrite(linked: LinkedFile, variable: VariableFact, pass: PassFact): boolean {
    if (variable.constant === true) return false;
    if (variable.pointer === true) return false;
    const entry = this.linker.resolver.product.api(linked.facts.lang).call(pass.callee);
    const isRead =
      entry?.reads === true ||
      entry?.options?.[String(pass.index)] !== undefined ||
      entry?.settings?.some((setting) => setting.at === pass.index) === true;
    return !isRead;
  }
}

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => Math.trunc(left / right),
  '<<': (left, right) => left * 2 ** right,
  '|': (left, right) => Number(BigInt(left) | BigInt(right)),
  '&': (left, right) => Number(BigInt(left) & BigInt(right)),
  '**': (left, right) => left ** right,
};

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
    return this.fact.args.map((argument) => this.linker.expr(this.linked, argument));
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
}
