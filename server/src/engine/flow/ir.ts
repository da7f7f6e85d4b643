/**
 * The intermediate form of a function: a control-flow graph of few instructions, the same for C and TypeScript.
 *
 * Plain JSON, kept small because thousands of functions are held at once: expressions and instructions are tuples whose
 * first item says what they are, followed by their span in offsets of the file. Expressions are pure: calls,
 * assignments, `?:`, `&&` and `||` have become instructions and branches before.
 */
import type { Span } from '../facts/model.js';

export type Ex =
  /** Number. */
  | readonly ['n', start: number, end: number, value: number]
  /** Text. */
  | readonly ['s', start: number, end: number, value: string]
  /** Regular expression, as written. */
  | readonly ['x', start: number, end: number, text: string]
  /** Variable of this function, by index. */
  | readonly ['v', start: number, end: number, variable: number]
  /** Name from outside: function, global, macro, import, variable of a function around this one, `this`. */
  | readonly ['g', start: number, end: number, name: string]
  /** Field. What C writes `p->f` is a field of `*p`. */
  | readonly ['.', start: number, end: number, of: Ex, name: string]
  | readonly ['[', start: number, end: number, of: Ex, index: Ex]
  | readonly ['*', start: number, end: number, pointer: Ex]
  | readonly ['&', start: number, end: number, of: Ex]
  | readonly ['b', start: number, end: number, operator: string, left: Ex, right: Ex]
  /** Unary: `-`, `~`, `!`, `typeof`, `void`. */
  | readonly ['u', start: number, end: number, operator: string, operand: Ex]
  | readonly ['c', start: number, end: number, type: string, of: Ex]
  /** `sizeof` of an expression, or of the type that is written. */
  | readonly ['z', start: number, end: number, of: Ex | string]
  /** Text put together: a template. */
  | readonly ['t', start: number, end: number, parts: readonly Ex[]]
  /** Object, array or braced initialiser: values by key, `''` for a spread, `[n]` for an item. */
  | readonly ['o', start: number, end: number, items: readonly (readonly [key: string, value: Ex])[]]
  /** Function written in place; its own `FlowFunction` has the same start. */
  | readonly ['f', start: number, end: number]
  | readonly ['?', start: number, end: number];

export type Instr =
  | readonly ['=', start: number, end: number, target: Ex, value: Ex]
  /** Call; the result goes to a variable, or nowhere (-1). `flags`: see `CallFlag`. */
  | readonly ['k', start: number, end: number, result: number, callee: Ex, args: readonly Ex[], flags: number]
  | readonly ['r', start: number, end: number, value?: Ex]
  /** Evaluated and dropped. */
  | readonly ['e', start: number, end: number, value: Ex]
  /** A variable comes into being without a value; `size` for an array sized at run time. */
  | readonly ['d', start: number, end: number, variable: number, size?: Ex];

/** `block`: one argument holds statements; the result says whether they run. */
export const CallFlag = { isNew: 1, spread: 2, unused: 4, block: 8 } as const;

export interface FlowBlock {
  readonly i: readonly Instr[];
  /** Condition of the branch; absent with both `t` and `f`: one or the other, nobody knows. */
  readonly c?: Ex;
  /** Next block, where the condition holds. Absent: the function ends here. */
  readonly t?: number;
  readonly f?: number;
  /** Block that goes on where something in here throws. */
  readonly x?: number;
  /** Head of a loop. */
  readonly l?: 1;
}

export interface FlowVar {
  /** Name; empty for what lowering made up. */
  readonly n: string;
  /** Type as written, pointers included, arrays not: `uint8_t *`. */
  readonly t?: string;
  /** Dimensions of an array; `?` where none is written. */
  readonly d?: readonly Ex[];
  /** `static`: keeps its value from call to call. */
  readonly s?: 1;
}

export interface FlowFunction extends Span {
  readonly name: string;
  /** `module`: statements of a TypeScript file; `class`: initialisers of fields; `data`: globals of a C file; `record`: a C struct, its fields as variables. */
  readonly kind: 'function' | 'module' | 'class' | 'data' | 'record';
  readonly cls?: string;
  /** Start of the function around it. */
  readonly outer?: number;
  /** The first variables are the parameters. */
  readonly params: number;
  /** The last parameter takes all the rest. */
  readonly rest?: 1;
  readonly vars: readonly FlowVar[];
  readonly blocks: readonly FlowBlock[];
  readonly async?: 1;
  /** Cannot be reached from other files. */
  readonly internal?: 1;
  /** Type of the result as written. */
  readonly type?: string;
  /** Why the function was left out, if it was. */
  readonly given?: string;
}

/** What one function may cost; beyond it the function is left out, and a notice says so. */
export const MOST_BLOCKS = 4000;
export const MOST_INSTRUCTIONS = 20_000;
/** Expressions nested deeper are unknown. */
export const DEEPEST = 60;
