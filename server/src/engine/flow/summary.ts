/** What callers need to know of a function: where its arguments go, what comes back, what it checks. */
import type { At, Step } from '../../../../rules/kit/index.js';
import type { FileId } from '../../../../rules/kit/index.js';
import type { FlowFunction } from './ir.js';
import type { Source } from './values.js';

/** A function of the product. */
export interface FunctionRef {
  readonly file: FileId;
  readonly func: FlowFunction;
  /** Position among all functions of the product, in order of path and place. */
  readonly index: number;
}

/** Part of a parameter: `*` behind it, a field's name, `[]` an element. */
export interface ParamPath {
  readonly index: number;
  readonly path: readonly string[];
}

/** Where a value may come from that a function gives back. */
export interface Given {
  readonly source?: Source;
  readonly param?: ParamPath;
  readonly steps: readonly Step[];
  /** What was found of it on the way: a number no larger than this, clean for these roles. */
  readonly hi?: number;
  readonly clean?: readonly string[];
}

export interface ParamSink {
  readonly param: ParamPath;
  readonly role: string;
  readonly at: At;
  /** Text at the sink, and the function that takes it. */
  readonly text: string;
  readonly callee: string | undefined;
  /** A number up to this is no danger; undefined where any bound counts. */
  readonly limit: number | undefined;
  readonly steps: readonly Step[];
  /** It becomes a part of a text that is put together. */
  readonly pasted?: boolean;
}

/** What holds of an argument where the function gives back a certain value. */
export interface ParamFact {
  readonly param: ParamPath;
  readonly hi?: number;
  readonly lo?: number;
  readonly above?: readonly { readonly param: ParamPath; readonly offset: number }[];
  readonly not0?: true;
  readonly clean?: readonly string[];
}

export interface Exit {
  /** Number or name that is given back; undefined where it is any. */
  readonly value: number | string | undefined;
  readonly facts: readonly ParamFact[];
  /** Parameters whose memory was freed. */
  readonly frees: readonly { readonly param: ParamPath; readonly sure: boolean; readonly by: string }[];
}

export interface Summary {
  /** Where results come from. */
  readonly gives: readonly Given[];
  /** A result is one of these parameters as it came: `return p`. */
  readonly same: ParamPath | undefined;
  readonly bounds: { readonly hi?: number; readonly lo?: number; readonly above?: readonly ParamPath[] };
  /** Gives back memory of its own making that may be null; `shared` where somebody else knows of it too. */
  readonly allocates:
    | {
        readonly by: string;
        readonly mayFail: boolean;
        readonly shared: boolean;
        readonly size?: ParamPath | number;
      }
    | undefined;
  /** Parts of parameters that are written, and where that comes from, if from anywhere. */
  readonly writes: readonly { readonly param: ParamPath; readonly from: readonly Given[] }[];
  readonly sinks: readonly ParamSink[];
  readonly exits: readonly Exit[];
  /** Never comes back. */
  readonly neverReturns: boolean;
  /** Function parameters that are called, and what they are given. */
  readonly invokes: readonly { readonly param: number; readonly args: readonly (readonly Given[])[] }[];
  /** Pointers that somebody else knows of afterwards. */
  readonly keeps: readonly ParamPath[];
  /** Shared variables that are given parts of parameters. */
  readonly stores: readonly { readonly key: string; readonly selector: string; readonly given: Given }[];
  /** Shared variables that are written. */
  readonly touches: readonly string[];
  /** Functions that a result may be. */
  readonly functions: readonly FunctionRef[];
  /** Type of the result as tables know it. */
  readonly type: string | undefined;
}

/** What a summary keeps of each kind; the rest is dropped, which silences rules and invents nothing. */
export const MOST = {
  gives: 8,
  sinks: 40,
  exits: 24,
  facts: 12,
  writes: 24,
  touches: 48,
  steps: 12,
  invokes: 8,
} as const;

/** The same text for the same path. */
export function pathKey({ index, path }: ParamPath): string {
  return `${String(index)} ${path.join('.')}`;
}

export function samePath(a: ParamPath, b: ParamPath): boolean {
  return (
    a.index === b.index && a.path.length === b.path.length && a.path.every((part, at) => part === b.path[at])
  );
}
