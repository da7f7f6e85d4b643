/** Texts that a command reads beside the code, whole or not at all: files that a user names, and those that a product keeps. */
import { type Stats, lstatSync, readFileSync, statSync } from 'node:fs';
import { reasonOf } from '../project/files.js';
import { Failure } from './failure.js';

interface Expected {
  /** What it is too large to be: `a checklist`. */
  readonly what: string;
  /** Bytes. */
  readonly largest: number;
}

/** A file that the user names, `instead` of which a folder was named. Throws `Failure`. */
export function namedText(file: string, expected: Expected & { readonly instead: string }): string {
  const again = 'name a file that can be read';
  const found = attempt(
    () => statSync(file),
    (reason) => `${file}: ${reason}; ${again}`,
  );
  if (!found.isFile()) throw new Failure(`${file}: it is not a file; name ${expected.instead}`);
  // Without a mark of its byte order, which is none of its characters.
  return decoded(file, found, file, expected, false, (reason) => `${file}: ${reason}; ${again}`);
}

/**
 * A file that a product keeps, in a workspace that nobody vouches for: no link is followed. Undefined where there is
 * none. `shown` is how the user knows it. Throws `Failure`.
 */
export function keptText(file: string, shown: string, expected: Expected): string | undefined {
  const wrong = (reason: string): string => `${shown} cannot be read: ${reason}`;
  const found = attempt(() => lstatSync(file, { throwIfNoEntry: false }), wrong);
  if (!found) return undefined;
  if (!found.isFile()) throw new Failure(`${shown} is not a plain file; put one in its place`);
  return decoded(file, found, shown, expected, true, wrong);
}

function decoded(
  file: string,
  { size }: Stats,
  shown: string,
  { what, largest }: Expected,
  ignoreBOM: boolean,
  wrong: (reason: string) => string,
): string {
  if (size > largest) throw new Failure(`${shown} is too large to be ${what}`);
  const bytes = attempt(() => readFileSync(file), wrong);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(bytes);
  } catch {
    throw new Failure(`${shown} is not written in UTF-8; save it so and run again`);
  }
}

function attempt<Value>(get: () => Value, wrong: (reason: string) => string): Value {
  try {
    return get();
  } catch (error) {
    throw new Failure(wrong(reasonOf(error)));
  }
}
