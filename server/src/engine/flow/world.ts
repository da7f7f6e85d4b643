/** What the analysis of one function asks of the product around it. */
import type { FileId, Lang } from '../../../../rules/kit/index.js';
import type { CallEntry, TypeEntry } from '../apis.js';
import type { Expanded } from './c-macros.js';
import type { Ex, FlowFunction } from './ir.js';
import type { FieldType } from './memory.js';
import type { FunctionRef, Summary } from './summary.js';
import type { Source } from './values.js';

/** A name from outside of a function. */
export type Meaning =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'expression'; readonly value: Ex }
  | { readonly kind: 'function'; readonly ref: FunctionRef }
  /** A variable that several functions share. */
  | {
      readonly kind: 'shared';
      readonly key: string;
      readonly type: string | undefined;
      readonly isArray: boolean;
      readonly count: number | undefined;
      /** Literals that nobody may write. */
      readonly constant?: boolean;
    }
  | { readonly kind: 'name' };

export interface Callee {
  /** Name as tables know it. */
  readonly name: string;
  readonly entry: CallEntry | undefined;
  /** Functions of the product that the call may reach. */
  readonly targets: readonly FunctionRef[];
  /** The entry is that of a method by its name alone: a function of the product goes before it. */
  readonly byNameAlone?: boolean;
  /** Type of the object that `new` makes. */
  readonly constructs?: string;
}

export type CallInstr = readonly [
  'k',
  start: number,
  end: number,
  result: number,
  callee: Ex,
  args: readonly Ex[],
  flags: number,
];

export interface World {
  readonly lang: Lang;
  readonly file: FileId;
  readonly func: FlowFunction;
  /** Roles of sinks that rules of the run ask for. */
  readonly roles: ReadonlySet<string>;
  meaning(name: string, offset: number): Meaning;
  callee(call: CallInstr): Callee;
  /** What a macro of the product stands for; undefined where it is none, or nobody knows. */
  expanded(call: CallInstr): Expanded | undefined;
  /** What a table says of a method by its type: `mqtt.MqttClient#publish`. */
  entry(name: string): CallEntry | undefined;
  type(name: string): TypeEntry | undefined;
  field(type: string | undefined, field: string): FieldType | undefined;
  /** Bytes of a struct or typedef of the product. */
  sizeOf(type: string): number | undefined;
  /** A library's value that comes from outside: `process.env`. */
  value(
    path: string,
    offset: number,
  ): { readonly source?: string | undefined; readonly type?: string | undefined } | undefined;
  summary(ref: FunctionRef): Summary | undefined;
  /** The functions of a method by name, of a class that `type` names. */
  methods(type: string, name: string): readonly FunctionRef[];
  functionAt(start: number): FunctionRef | undefined;
  refOf(func: FlowFunction): FunctionRef | undefined;
  /** Key of a variable of this function that functions inside of it see. */
  captured(variable: number): string | undefined;
  /** The same, where one of them also writes it. */
  writtenInside(variable: number): string | undefined;
  /** What came into a shared variable anywhere. */
  shared(key: string, selector: string): readonly Source[];
  share(key: string, selector: string, sources: readonly Source[]): void;
  /** Functions that a shared variable may hold: ops structs, command tables. */
  held(key: string, selector: string): readonly FunctionRef[];
  /** What a parameter is given by whoever registers or calls the function. */
  seeds(param: number): { readonly sources: readonly Source[]; readonly type: string | undefined };
  seed(target: FunctionRef, param: number, sources: readonly Source[], type: string | undefined): void;
}
