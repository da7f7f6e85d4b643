/**
 * Facts: what a file says, as plain values that outlive the tree and cross processes as JSON.
 *
 * Offsets are UTF-16 code units, half open. Names are as written; only linking resolves them.
 */
import type { PackedFunction } from '../flow/packed.js';
import type { ExprKind, Lang } from '../../../../rules/kit/index.js';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ExprFact extends Span {
  readonly kind: ExprKind;
  /** Source text, cut after 200 units. */
  readonly text: string;
  /** Value of a literal: string contents, a decimal number, `true`, `false`, `null`. */
  readonly value?: string;
  /** Dotted path of a name or member access: `this.client`, `cfg.url` (also for `cfg->url`). */
  readonly path?: string;
  readonly parts?: readonly ExprFact[];
  readonly operator?: string;
  /** Of an object or a braced initialiser. */
  readonly props?: readonly PropFact[];
  /** An object with a spread, a computed key or a positional struct initialiser: fields may be missing here. */
  readonly open?: boolean;
  /** Of a braced initialiser with places, `{ [4] = x }`: how many elements it gives an array, if all places are numbers. */
  readonly count?: number;
  /** Type of a compound literal or of an `as`, `satisfies` or cast expression. */
  readonly type?: string;
  /** Types that C casts it to, the innermost first, stars included. */
  readonly casts?: readonly string[];
  /** In brackets, which keep it whole where a macro puts it among operators. */
  readonly grouped?: true;
  /** Of a call or `new`, also when no listener knows its callee. */
  readonly call?: CallFact;
  /** Index into `FileFacts.functions`. */
  readonly func?: number;
}

export interface PropFact {
  /** Empty for a spread, the value of which is the object that is spread. */
  readonly key: string;
  readonly at: Span;
  readonly value: ExprFact;
}

export interface CallFact extends Span {
  /** As written: `mqtt.connect`, `this.client.publish`. Empty where the callee is itself an expression. */
  readonly path: string;
  readonly callee: Span;
  /** What the method is called on, where that is not a plain path: `require('mqtt').connect`. */
  readonly on?: ExprFact;
  readonly args: readonly ExprFact[];
  readonly isNew: boolean;
  readonly func: number;
  readonly result: 'no' | 'discarded' | 'checked' | 'used';
  /** Inside the block of a `try` of its own function. */
  readonly guarded?: boolean;
}

export interface FunctionFact extends Span {
  readonly name: string;
  readonly params: readonly string[];
  readonly calls: readonly string[];
  readonly returns: readonly ExprFact[];
  readonly statements: number;
  /** Of a body without branches: what its last statement gives or does. */
  readonly tail?: ExprFact;
  /** Parameters that its body names. */
  readonly uses?: readonly string[];
  /** Where it is an argument of a call: the call's start and the argument's position. */
  readonly argumentOf?: { readonly call: number; readonly index: number };
}

/** One variable, parameter or field of `this` in the scope where it can be seen, with what happens to it there. */
export interface VariableFact {
  readonly name: string;
  readonly declared: Span;
  readonly scope: Span;
  readonly kind: 'local' | 'parameter' | 'global' | 'field';
  /** Type as written, without qualifiers and pointers: `esp_tls_cfg_t`, `struct sockaddr_in`, `MqttClient`. */
  readonly type?: string;
  readonly pointer?: boolean;
  /** Sizes of an array, the outermost first; `null` where none is written. */
  readonly dims?: readonly (ExprFact | null)[];
  /** Declared `const`: nobody writes into it. */
  readonly constant?: boolean;
  /** Of a global: declared `static`, so that no other file writes it. */
  readonly internal?: boolean;
  readonly init?: ExprFact;
  /** Position among the parameters, and the function they belong to. */
  readonly parameter?: { readonly func: number; readonly index: number };
  /** Of a parameter: its default is its only value, since nobody passes another. */
  readonly settled?: true;
  /** A name taken out of an object: `const { url } = config`. */
  readonly takenFrom?: ExprFact;
  readonly writes: readonly WriteFact[];
  /** Calls that are given the variable, its address or one of its fields (`field` is then set). */
  readonly passed: readonly PassFact[];
  /** Aliased, returned, captured by address or spread: what happens to it is no longer known. */
  readonly escapes: boolean;
  /** Its address was taken other than for a call: somebody may write it through a pointer. */
  readonly pointedAt: boolean;
}

export interface WriteFact extends Span {
  /** Dotted field path from the variable; empty for the variable itself. */
  readonly field: string;
  readonly value: ExprFact;
  /** Set for `+=` and the like: the value is not what is then stored. */
  readonly compound: boolean;
}

export interface PassFact extends Span {
  readonly callee: string;
  readonly index: number;
  readonly field: string;
  readonly byAddress: boolean;
}

/** A local name for something of another module. */
export interface ImportFact extends Span {
  readonly local: string;
  readonly module: string;
  /** `default`, `*` or the exported name. */
  readonly imported: string;
}

export interface ExportFact {
  readonly name: string;
  /** Local name it stands for, or the name in `from`. */
  readonly local: string;
  readonly from?: string;
}

/** A name that this file looks up in another one, other than by an `import`. */
export interface RequiredFact {
  readonly module: string;
  readonly name: string;
}

export interface CommentFact extends Span {
  readonly text: string;
  /** True when code stands before it on its line. */
  readonly trailing: boolean;
  /** For a comment on its own line: the statement that follows. */
  readonly next?: Span;
}

/** A stretch under an `#if`; one inside another comes behind it. */
export interface ConditionFact extends Span {
  /** As written; of an `#else` what the branches before it asked, negated. */
  readonly condition: string;
}

/** A stretch that the grammar could not read. */
export interface GapFact extends Span {
  readonly reason: string;
  /** A macro that, were it known for an attribute, might make it readable. */
  readonly macro?: string;
}

/** An object of a known type that stands outside every variable: a compound literal. */
export interface ObjectFact {
  readonly value: ExprFact;
  readonly func: number;
}

export interface LiteralFact {
  readonly literal: ExprFact;
  readonly func: number;
}

export interface ShapeFact extends Span {
  /** Key of the shape: rule id and position. */
  readonly shape: string;
  readonly captures: Readonly<Record<string, ExprFact>>;
  readonly func: number;
}

export interface FileFacts {
  readonly lang: Lang;
  /** Functions as graphs; empty where no rule of the run asks for flow. */
  readonly flow: readonly PackedFunction[];
  readonly functions: readonly FunctionFact[];
  readonly calls: readonly CallFact[];
  readonly variables: readonly VariableFact[];
  readonly objects: readonly ObjectFact[];
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly required?: readonly RequiredFact[];
  readonly literals: readonly LiteralFact[];
  readonly shapes: readonly ShapeFact[];
  readonly suppressions: readonly CommentFact[];
  /** Stretches under `#if`s, of C. */
  readonly conditions: readonly ConditionFact[];
  readonly gaps: readonly GapFact[];
  /** Functions of the file, and those without a gap inside. */
  readonly functionsSeen: number;
  readonly functionsAnalysed: number;
}
