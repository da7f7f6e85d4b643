/**
 * The vocabulary of a rule. A rule knows these words and nothing else: no tree, no path, no editor, no other rule.
 *
 * Offsets are UTF-16 code units from the start of the file's text, half open.
 */
import type { ProvisionId } from './provisions.js';

export type { ProvisionId };

export type Lang = 'c' | 'ts';
export type Severity = 'error' | 'warning' | 'info';
export type Heading = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13;

/** Path of a file relative to the root of the run, with `/`. */
export type FileId = string;

/** A place. A path step or a fix may lie in another file than the finding. */
export interface At {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
}

export interface Edit {
  readonly at: At;
  readonly text: string;
}

/** safe: local, compiles, and cannot change what a correctly provisioned device does. All else is a suggestion. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe: boolean;
}

/** One station on the way from a cause to its effect. */
export interface Step {
  readonly at: At;
  readonly says: string;
}

/** Something with a place: an expression, a call, an option. */
export interface Placed {
  readonly at: At;
}

/** What a listener returns. The engine adds rule, severity, function, `#if` condition and provisions. */
export interface Problem {
  readonly at: Placed | At;
  /** Starts from the code, says what is wrong and why; no full stop. Absent: the rule's title. */
  readonly says?: string;
  readonly fixes?: readonly Fix[];
  readonly path?: readonly Step[];
  /** Config symbols: where one of them is on, it is not so. */
  readonly unless?: readonly string[];
  /**
   * Ranges of versions in which it is not so. A product whose files say that it is built with such versions only has
   * no problem; one that is built with others is told which file says so.
   */
  readonly unlessVersion?: Partial<Readonly<Record<Versioned, string>>>;
}

/** What the files of a product may tell the version of. */
export type Versioned = 'esp-idf' | 'node';

/** A control that the code shows: evidence for a provision, never a finding. */
export interface Shown {
  readonly at: Placed | At;
  readonly shows: string;
  readonly provision: ProvisionId;
}

export type Answer = Problem | Shown | readonly (Problem | Shown)[] | false | undefined | null | '' | 0;

export type ExprKind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'name'
  | 'member'
  | 'call'
  | 'new'
  | 'object'
  | 'array'
  | 'function'
  | 'template'
  | 'binary'
  | 'unary'
  | 'address'
  | 'conditional'
  | 'assignment'
  | 'sizeof'
  | 'subscript'
  | 'regex'
  | 'other';

/** What a literal is, once names have been followed to it. */
export type LiteralKind = 'string' | 'number' | 'boolean' | 'null';

/** An expression with all that is known of its value. */
export interface Expr extends Placed {
  readonly kind: ExprKind;
  /** Source text, cut after 200 characters. */
  readonly text: string;
  /**
   * The value of a literal or of the literal that a name resolves to: string contents, a decimal number, `true`,
   * `false`, `null`. Unknown when several values are possible.
   */
  readonly value: string | undefined;
  readonly literal: LiteralKind | undefined;
  /** Where the value was written, if elsewhere. */
  readonly origin: At | undefined;
  /** Every name met on the way to the value, first the one written here; imports resolved (`crypto.createHash`). */
  readonly names: readonly string[];
  /** The call, where the expression is one or its name was given the result of one. */
  readonly call: Call | undefined;
  /** The struct or object, where the expression is one or names one. */
  readonly thing: Thing | undefined;
  /** How many elements the array has that is named here; C only. */
  readonly elements: number | undefined;
  /** The function, where the expression is one or names one of this product. */
  readonly func: Func | undefined;
  /** Operands of a binary, template, conditional, unary or address expression; items of an array. */
  readonly parts: readonly Expr[];
  /** The operator of a binary, unary or assignment expression. */
  readonly operator: string | undefined;
}

/** A struct or object with what is known of its fields. */
export interface Thing extends Placed {
  readonly type: string | undefined;
  /** What an API table calls this type, the same for all libraries: `tls-client`. */
  readonly kind: string | undefined;
  /** By dotted path from the thing: `broker.address.uri`. The value written last. */
  readonly fields: ReadonlyMap<string, Expr>;
  /** A missing field is only sound while this holds: the thing never escaped, no spread or unknown call touched it. */
  readonly closed: boolean;
  /** What API tables recognise among its fields, by role. */
  readonly setting: (role: string) => Setting | undefined;
}

export interface Call extends Placed {
  /** Resolved name: `mbedtls_ssl_conf_authmode`, `mqtt.connect`, `mqtt.MqttClient#publish`. */
  readonly callee: string;
  /** The place of the callee's name, the best place for most messages. */
  readonly calleeAt: At;
  readonly args: readonly Expr[];
  /** The object a method is called on. */
  readonly receiver: Expr | undefined;
  readonly isNew: boolean;
  readonly inside: Func | undefined;
  /** Inside a `try` of the same function: what it throws is caught. */
  readonly guarded: boolean;
  /** `no`: an expression statement. `discarded`: cast to void. `checked`: inside a condition or a checking macro. */
  readonly result: 'no' | 'discarded' | 'checked' | 'used';
}

export interface Func extends Placed {
  /** Empty for an anonymous function. */
  readonly name: string;
  readonly params: readonly string[];
  /** Callee names as written in the body, nested functions included. */
  readonly calls: ReadonlySet<string>;
  /** What its own return statements give, in order; an arrow function's expression counts as one. */
  readonly returns: readonly Expr[];
  /** The call it is an argument of, and at which position: a handler knows what it handles. */
  readonly argumentOf: { readonly call: Call; readonly index: number } | undefined;
  /** Number of statements of its own body, not of nested blocks. */
  readonly statements: number;
  /** What its last statement gives or does, where nothing in the body decides whether it is reached. TypeScript only. */
  readonly tail: Expr | undefined;
  /** Those of its parameters that the body names. TypeScript only. */
  readonly uses: ReadonlySet<string>;
}

/** A security-relevant knob that an API table recognises, whatever its spelling in code. */
export interface Setting {
  readonly role: string;
  readonly value: Expr;
  /** The table's word for the value (`off`, `weak`, `on` …); undefined when unknown. */
  readonly means: string | undefined;
  /** The function or the type and field by which it is set: `curl_easy_setopt`, `esp_tls_cfg_t.skip_common_name`. */
  readonly api: string;
  readonly thing: Thing | undefined;
  readonly call: Call | undefined;
  /** How this API spells another meaning in the place of the value, if the table knows and one literal can say it. */
  readonly spelling: (to: string) => string | undefined;
}

/** One line of configuration: an sdkconfig or prj.conf symbol, or a key of another config file (`mosquitto:allow_anonymous`). */
export interface Option extends Placed {
  readonly name: string;
  /** Without quotes. `n` for `# CONFIG_X is not set`. */
  readonly value: string;
  readonly valueAt: At;
  /** A fix that sets another value on the same line. */
  readonly set: (value: string) => Edit;
}

/** A detector of secrets by their format. */
export interface LiteralDetector {
  /** A string literal is looked at only if one of these stands in it or begins it, quote included. */
  readonly needs: readonly string[];
  judge(literal: Expr): Answer;
}

/** An own tree-sitter pattern, for shapes that no fact speaks of. Its root must be a rare kind of node. */
export interface Shape {
  readonly pattern: string;
  /** Words a file must hold for the pattern to matter. */
  readonly needs: readonly string[];
  judge(captures: Readonly<Record<string, Expr>>): Answer;
}

/** The whole product: for absences and for what crosses files. Never asked in a partial run. */
export interface ProductView {
  /** Calls of the product's own code by resolved name; only names that the rule declares in `needs`. */
  readonly calls: (name: string) => readonly Call[];
  /** The line that holds: of several files the last one in order of path. */
  readonly option: (name: string) => Option | undefined;
  /** What the product's manifests say it is. */
  readonly frameworks: ReadonlySet<Framework>;
}
export type Framework = 'esp-idf' | 'zephyr' | 'node' | 'platformio';

/** Where a value came in from outside. */
export interface FlowSource extends Placed {
  /** `network`, `http request`, `mqtt payload` …: the word of the table. */
  readonly kind: string;
}

/** Where it arrived unchecked. */
export interface FlowSink extends Placed {
  /** `a copy length`, `a command` …: the word of the table, or what the language itself does: `an index`. */
  readonly role: string;
  /** The expression there. */
  readonly text: string;
  /** The function that takes it, as tables name it. */
  readonly callee: string | undefined;
}

/**
 * What must not happen: that a value of one of these kinds arrives in one of these roles without a check. The engine
 * knows the way and the checks; a number is checked by an upper bound, a text by a list, a pattern, or a table's word.
 */
export interface Flow {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly says: (source: FlowSource, sink: FlowSink) => string;
  /** Config symbols: where one of them is on, it may. */
  readonly unless?: readonly string[];
}

/** What happened to a value in a function that should not. */
export type FlowEventName =
  | 'use-after-free'
  | 'double-free'
  | 'index-out-of-bounds'
  | 'copy-out-of-bounds'
  | 'whole-room-added'
  | 'unbounded-copy'
  | 'missing-terminator'
  | 'pointer-size'
  | 'size-overflow'
  | 'check-overflow'
  | 'size-underflow'
  | 'narrowed-length'
  | 'negative-length'
  | 'signed-length'
  | 'unchecked-allocation'
  | 'leak-on-return'
  | 'returned-local'
  | 'used-unset'
  | 'unwiped-secret'
  | 'nonce-reused';

export interface FlowEvent extends Placed {
  readonly event: FlowEventName;
  /** The expression there. */
  readonly text: string;
  /** Who took part: the function that freed, allocated or copies. */
  readonly by: string;
  /** Kind of the source that the value came in from, where it is known to be from outside. */
  readonly from?: string | undefined;
  /** What the value is used as there: `an index`, `an allocation size`. */
  readonly role?: string | undefined;
  /** On every way that leads there; else on some. */
  readonly sure: boolean;
  readonly path: readonly Step[];
}

export interface Listeners {
  readonly flow?: Flow;
  /** By event. */
  readonly state?: Readonly<Partial<Record<FlowEventName, (event: FlowEvent) => Answer>>>;
  /** By resolved callee. */
  readonly call?: Readonly<Record<string, (call: Call) => Answer>>;
  /** By role, fed by the API tables. */
  readonly setting?: Readonly<Record<string, (setting: Setting) => Answer>>;
  /** By type (`esp_tls_cfg_t`, `mqtt.IClientOptions`) or by the tables' kind of type (`tls-client`). */
  readonly thing?: Readonly<Record<string, (thing: Thing) => Answer>>;
  /** By config symbol; `*` stands for any characters. */
  readonly option?: Readonly<Record<string, (option: Option) => Answer>>;
  readonly literal?: readonly LiteralDetector[];
  readonly shape?: readonly Shape[];
  readonly product?: { readonly needs: readonly string[]; judge(product: ProductView): Iterable<Answer> };
}

/**
 * «marks» stand round every place the rule must report; «guard: …» marks the check that keeps a good example silent;
 * `shows` expects evidence for that provision. In `files`, the key is the path. `becomes` is the text after all fixes.
 */
export type Example = (
  { readonly c: string } | { readonly ts: string } | { readonly files: Readonly<Record<string, string>> }
) & {
  readonly becomes?: string;
  readonly shows?: ProvisionId;
};

export interface Rule {
  /** Names the defect in kebab-case: never a clause, a language or a maturity. Never reused. */
  readonly id: string;
  readonly formerly?: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  /** Absent: on by default. `audit`: wrong more than one time in ten. `strict`: right but demanding. */
  readonly in?: 'audit' | 'strict';
  readonly heading: Heading;
  readonly provisions: readonly [ProvisionId, ...ProvisionId[]];
  readonly cwe: readonly number[];
  readonly why: string;
  /** Who does what with which means and gets what: read aloud by a trainer. */
  readonly attack: string;
  readonly instead: string;
  readonly any?: Listeners;
  readonly c?: Listeners;
  readonly ts?: Listeners;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
}

/** Gives a rule its type; the examples' test does the rest. */
export function rule(definition: Rule): Rule {
  return definition;
}

/** A fix that needs a person's judgement: it may change what a correctly provisioned device does. */
export function suggest(place: Placed, text: string, title: string): Fix {
  return { title, edits: [{ at: place.at, text }], safe: false };
}

/** A fix that is local, compiles, and cannot change what a correctly provisioned device does. */
export function repair(place: Placed, text: string, title: string): Fix {
  return { title, edits: [{ at: place.at, text }], safe: true };
}

export { isLocalHost, hostOf, looksSecretName, isPlaceholder } from './judgement.js';
export { isRandomText, mayBeSecret } from './secrets.js';
export { namesNoTrust } from './trust.js';
export { knownText, remoteHost } from './addresses.js';
export { hasField, nodeRedSettings } from './node-red.js';
export { letsEverybodyIn } from './log-in.js';
export { plainClient } from './moddable.js';
