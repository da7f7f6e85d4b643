/** Structs and objects with all that is written into them, and the settings that API tables see there. */
import type { At, Call, Expr, Setting, Thing } from '../../../../rules/kit/index.js';
import { type Values, meaningOf, spellingOf } from '../apis.js';
import type { ExprFact, Span, VariableFact } from '../facts/model.js';
import { type Located, within } from './located.js';
import type { LinkedFile } from './product.js';
import { type KnownThing, type LocatedExpr, type Views, at } from './views.js';

export class LinkedThing implements KnownThing {
  private read: Contents | undefined;

  constructor(
    protected readonly linker: Views,
    private readonly linked: LinkedFile,
    private readonly place: Span,
    private readonly object: Located | undefined,
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

  protected contents(): Contents {
    if (this.read) return this.read;
    const fields = new Map<string, LocatedExpr>();
    const writes: [string, LocatedExpr][] = [];
    const read: Contents = { fields, writes, open: false };
    this.read = read;
    const put = (field: string, value: LocatedExpr): void => {
      fields.set(field, value);
      writes.push([field, value]);
    };
    if (this.object) this.nested('', this.object, put, read);
    const { variable, linked } = this;
    if (variable) {
      const { resolver } = this.linker;
      const scalar = resolver.onlyValue(variable);
      if (variable.kind === 'parameter' || variable.kind === 'field' || variable.escapes) read.open = true;
      if (variable.pointer === true || (scalar && !this.object)) read.open = true;
      if (linked.facts.lang === 'ts' && !this.object) read.open = true;
      // A struct of the whole program may be written by any of its files.
      const own = variable.internal ?? variable.constant ?? false;
      if (linked.facts.lang === 'c' && variable.kind === 'global' && !own) read.open = true;
      for (const { field, value } of variable.writes)
        if (field !== '') {
          if (field.startsWith('[]') && linked.facts.lang === 'ts') read.open = true;
          else if (field.includes('[]'))
            fields.set(field.replace(/\.?\[\].*$/, ''), this.linker.expr(linked, value));
          else this.write(field, { linked, fact: value }, put, read);
        }
      for (const pass of variable.passed) {
        const entry = resolver.product.api(linked.facts.lang).call(pass.callee) ?? this.entryOf(pass);
        const leaves = entry?.reads === true || entry?.options !== undefined || HARMLESS.has(pass.callee);
        if (pass.field !== '') {
          // What a call writes into a field, `strncpy(cfg.password, …)`, is not known, only that it is set.
          const place: ExprFact = { kind: 'other', start: pass.start, end: pass.end, text: pass.callee };
          if (!leaves && (pass.index === 0 || pass.byAddress))
            put(pass.field, this.linker.expr(linked, place));
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

  /** A value in a field, and the fields below it. What a macro gives is shown where it is used: in `shown`. */
  private write(field: string, value: Located, put: Put, read: Contents, shown = this.place): void {
    put(field, this.linker.located(value, value.site && standIn(this.linked, shown)));
    const object = this.linker.follower.throughMacros(value);
    if (object.fact.kind !== 'object') return;
    // A macro may stand in its own text.
    if (object === value || read.writes.length < MOST_WRITES)
      this.nested(field, object, put, read, value.site ? shown : value.fact);
    else read.open = true;
  }

  private nested(prefix: string, object: Located, put: Put, read: Contents, shown = this.place): void {
    if (object.fact.open) read.open = true;
    for (const { key, value } of object.fact.props ?? []) {
      if (key === '') this.spread(prefix, within(object, value), put, read);
      else this.write(prefix === '' ? key : `${prefix}.${key}`, within(object, value), put, read, shown);
    }
  }

  /** `{ ...base }`: the fields of a known object, as they stand there. */
  private spread(prefix: string, base: Located, put: Put, read: Contents): void {
    const thing = this.linker.located(base).thing as KnownThing | undefined;
    if (thing?.closed !== true || thing === this || read.writes.length > MOST_WRITES) {
      read.open = true;
      // It may have set any of the fields before it to something else; they were written all the same.
      for (const field of read.fields.keys())
        if (prefix === '' || field.startsWith(`${prefix}.`))
          read.fields.set(field, this.linker.located(standIn(base.linked, base.fact)));
      return;
    }
    for (const [field, value] of thing.writes)
      put(
        prefix === '' ? field : `${prefix}.${field}`,
        this.linker.located(value.source, standIn(base.linked, base.fact)),
      );
  }
}

/** An object inside another one: `config.mqtt`. It is as known as the whole is. */
export class ThingPart extends LinkedThing {
  constructor(
    linker: Views,
    private readonly whole: KnownThing,
    private readonly path: string,
    object: Located,
    type: string | undefined,
  ) {
    super(linker, object.linked, object.fact, object, undefined, type);
  }

  protected override contents(): Contents {
    const prefix = `${this.path}.`;
    const below = <Value>(entries: Iterable<readonly [string, Value]>): [string, Value][] =>
      [...entries]
        .filter(([field]) => field.startsWith(prefix))
        .map(([field, value]) => [field.slice(prefix.length), value]);
    return {
      fields: new Map(below(this.whole.fields)),
      writes: below(this.whole.writes),
      open: !this.whole.closed,
    };
  }
}

type Put = (field: string, value: LocatedExpr) => void;

interface Contents {
  readonly fields: Map<string, LocatedExpr>;
  readonly writes: [string, LocatedExpr][];
  open: boolean;
}

/** An object that spreads itself into others again and again is given up. */
const MOST_WRITES = 1000;

/** A place in the code for something that was written elsewhere. */
function standIn(linked: LinkedFile, { start, end }: Span): Located {
  return { linked, fact: { kind: 'other', start, end, text: '' } };
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
