/** JSON with comments that people write for Skarp, and what is wrong with it in one line. */
import { type ParseError, findNodeAtLocation, parse, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';
import type { FileId } from '../../../rules/kit/index.js';
import { Lines } from '../engine/lines.js';

export const CONFIG_FILE = 'skarp.json';

/** A config that cannot be used; `message` is one line that says where and what to do. */
export class ConfigError extends Error {
  constructor(
    readonly file: FileId,
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Comments and trailing commas are allowed; nothing else that JSON does not allow. Throws `ConfigError`. */
export function parseJsonc(file: FileId, text: string): unknown {
  const errors: ParseError[] = [];
  let value: unknown;
  try {
    value = parse(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) throw errorAt(file, text, 0, 'it is nested too deeply');
    throw error;
  }
  const [first] = errors;
  if (first) throw errorAt(file, text, first.offset, plainError(printParseErrorCode(first.error)));
  return value;
}

/** What a schema makes of a value that was read from a text; `path` leads to the value in it. Throws `ConfigError`. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: FileId,
  text: string,
  path: readonly (string | number)[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const inside = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? part.toString() : part));
  const words = inside.length === 0 ? '' : `${inside.join('.')}: `;
  throw errorAt(
    file,
    text,
    placeOf(text, [...path, ...inside]),
    `${words}${issue?.message ?? 'it is not what is expected here'}`,
  );
}

/** Where the value at a path begins; of a path that leads to nothing, where the last thing on it begins. */
export function placeOf(text: string, path: readonly (string | number)[]): number {
  const tree = parseTree(text);
  for (let length = path.length; tree && length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node.offset;
  }
  return tree?.offset ?? 0;
}

export function errorAt(file: FileId, text: string, offset: number, words: string): ConfigError {
  const { line, column } = new Lines(text).position(offset);
  const place = `${file}:${String(line + 1)}:${String(column + 1)}`;
  return new ConfigError(file, offset, `${place}: ${words}; correct it and run again`);
}

function plainError(code: string): string {
  return code.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
}
