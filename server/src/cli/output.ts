/** Where a command writes. Findings go to stdout, all else to stderr. */
import { replaceFile } from '../host/node.js';
import { reasonOf } from '../project/files.js';
import { Failure } from './failure.js';

/** Writes all of a text; a reader that goes away early is not an error. */
export async function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  await new Promise<void>((done, failed) => {
    stream.write(text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') failed(error);
      else done();
    });
  });
}

export async function say(line: string): Promise<void> {
  await print(`${line}\n`, process.stderr);
}

/** Honours NO_COLOR and FORCE_COLOR; else color only on a terminal. */
export function useColor(asked: boolean, stream: NodeJS.WriteStream = process.stdout): boolean {
  if (!asked || (process.env['NO_COLOR'] ?? '') !== '') return false;
  const force = process.env['FORCE_COLOR'];
  if (force !== undefined && force !== '0' && force !== '') return true;
  // In a pipe `isTTY` is not false but absent, and an absent answer lets the color library guess by itself.
  return (stream.isTTY as boolean | undefined) === true;
}

/** A file written whole or not at all. `shown` is how the user knows it. */
export async function writeReport(file: string, text: string, shown = file): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (error) {
    throw new Failure(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}
