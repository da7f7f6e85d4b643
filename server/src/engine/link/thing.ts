/** Structs and objects with all that is written into them, and the settings that API tables see there. */
import type { At, Call, Expr, Setting, Thing } from '../../../../rules/kit/index.js';
import { type Values, meaningOf, spellingOf } from '../apis.js';
import type { ExprFact, Span, VariableFact } from '../facts/model.js';
import type { LinkedFile } from './product.js';
import { type KnownThing, type LocatedExpr, type Views, at } from './views.js';

export class LinkedThing implements KnownThing {
  private read:
    { fields: Map<string, LocatedExpr>; writes: [string, LocatedExpr][]; open: boolean } | undefined;

  constructor(
    private readonly linker: Views,
    private readonly linked: LinkedFile,
    private readonly place: Span,
    private readonly object: ExprFact | undefined,
    private readonly variable: VariableFact | undefined,
    readonly type: string | undefined,
  ) {}

  get at(): At {
    return at(this.linked, this.place);
  }

  get kind(): string | undefined {
    return this.type === undefined
      ? undefined
      : this.linker.resolver.product.api(this.linked.facts.lang).type(this.type)?.kind;
  }

  get fields(): ReadonlyMap<string, LocatedExpr> {
    return this.contents().fields;
  }

  /** Every value written to a field, in order: a rule judges each, not only the last. */
  get writes(): readonly (readonly [string, LocatedExpr])[] {
    return this.contents().writes;
  }

  get closed(): boolean {
    return !this.contents().open;
  }

  readonly setting = (role: string): Setting | undefined =>
    this.settings().findLast((setting) => setting.role === role);

  /** What the tables recognise among all values written. */
  settings(): Setting[] {
    const table =
      this.type === undefined
        ? undefined
        : this.linker.resolver.product.api(this.linked.facts.lang).type(this.type)?.settings;
    if (!table) return [];
    return this.writes.flatMap(([field, value]) => {
      const entry = table[field];
      return entry
        ? [new LinkedSetting(entry.role, value, entry.values, `${this.type ?? ''}.${field}`, this, undefined)]
        : [];
    });
  }

  private contents(): { fields: Map<string, LocatedExpr>; writes: [string, LocatedExpr][]; open: boolean } {
    if (this.read) return this.read;
    const fields = new Map<string, LocatedExpr>();
    const writes: [string, LocatedExpr][] = [];
    const read = { fields, writes, open: false };
    this.read = read;
    const put = (field: string, fact: ExprFact): void => {
      const value = this.linker.expr(this.linked, fact);
      fields.set(field, value);
      writes.push([field, value]);
      if (fact.kind === 'object') this.nested(field, fact, put, read);
    };
    if (this.object) this.nested('', this.object, put, read);
    const { variable } = this;
    if (variable) {
      const { product } = this.linker.resolver;
      const scalar = this.linker.resolver.onlyValue(variable);
      if (variable.kind === 'parameter' || variable.kind === 'field' || variable.escapes) read.open = true;
      if (variable.pointer === true || (scalar && !this.object)) read.open = true;
      if (this.linked.facts.lang === 'ts' && !this.object) read.open = true;
      // A struct of the whole program may be written by any of its files.
      const own = variable.internal ?? variable.constant ?? false;
      if (this.linked.facts.lang === 'c' && variable.kind === 'global' && !own) read.open = true;
      for (const write of variable.writes)
        if (write.field !== '') {
          if (write.field.startsWith('[]') && this.linked.facts.lang === 'ts') read.open = true;
          else if (write.field.includes('[]'))
            fields.set(write.field.replace(/\.?\[\].*$/, ''), this.linker.expr(this.linked, write.value));
          else put(write.field, write.value);
        }
      for (const pass of variable.passed) {
        const entry = product.api(this.linked.facts.lang).call(pass.callee) ?? this.entryOf(pass);
        const leaves = entry?.reads === true || entry?.options !== undefined || HARMLESS.has(pass.callee);
        if (pass.field !== '') {
          // What a call writes into a field, `strncpy(cfg.password, …)`, is not known, only that it is set.
          const place: ExprFact = { kind: 'other', start: pass.start, end: pass.end, text: pass.callee };
          if (!leaves && (pass.index === 0 || pass.byAddress)) put(pass.field, place);
        } else if (!leaves) read.open = true;
      }
    }
    return read;
  }

  /** In TypeScript a callee is known by its resolved name only. */
  private entryOf(pass: {
    readonly start: number;
  }): { reads?: true | undefined; options?: object | undefined } | undefined {
    const { resolver } = this.linker;
    const call = this.linked.facts.calls.find((each) =>
      each.args.some((argument) => argument.start <= pass.start && pass.start < argument.end),
    );
    const callee = call && resolver.callee(this.linked, call);
    return callee === undefined ? undefined : resolver.product.api(this.linked.facts.lang).call(callee);
  }

  private nested(
    prefix: string,
    object: ExprFact,
    put: (field: string, fact: ExprFact) => void,
    read: { open: boolean },
  ): void {
    if (object.open) read.open = true;
    for (const { key, value } of object.props ?? []) put(prefix === '' ? key : `${prefix}.${key}`, value);
  }
}

/** Calls that leave a struct as known as it was. */
const HARMLESS = new Set(['memset', 'bzero', 'sizeof', 'JSON.stringify', 'console.log']);

export class LinkedSetting implements Setting {
  constructor(
    readonly role: string,
    readonly value: Expr,
    private readonly table: Values | undefined,
    readonly api: string,
    readonly thing: Thing | undefined,
    readonly call: Call | undefined,
    private readonly fixed?: string,
  ) {}

  get means(): string | undefined {
    return this.fixed ?? meaningOf(this.table, this.value.names, this.value.value);
  }

  /** A property, not a method: rules take it out of the setting. */
  readonly spelling = (to: string): string | undefined => {
    const plain = spellingOf(this.table, to);
    if (plain === undefined || this.value.origin) return undefined;
    const quote = this.value.kind === 'string' ? this.value.text.charAt(0) : '';
    return /["'`]/.test(quote) ? `${quote}${plain}${quote}` : plain;
  };
}
