/** Which C files are read for what they define: functions that flow passes through, structs that it passes by. */
import type { FileFacts } from '../engine/facts/model.js';
import { MissingNames } from '../engine/flow/missing.js';
import { isCpp } from './text-facts.js';

/** A C file as far as this is concerned; `facts` are there once it has been read. */
interface CFile {
  readonly file: string;
  readonly text: string | undefined;
  readonly facts: FileFacts | undefined;
  readonly failure: string | undefined;
}

/** As much is read for what it defines as was read for what it says, but at least this. */
const LEAST = 2_000_000;
/** A larger header describes registers, not messages. */
const LARGEST_HEADER = 100_000;
/** Files that are read because of files that were read because of others, and so on. */
const MOST_ROUNDS = 6;

/** Reads what is missing, round by round, until nothing is or the budget is used up. */
export async function followDefinitions<File extends CFile>(
  files: readonly File[],
  read: (file: File) => Promise<void>,
): Promise<void> {
  const missing = new MissingNames();
  let fresh = files.filter(({ facts }) => facts !== undefined);
  let left = Math.max(
    LEAST,
    fresh.reduce((sum, { text }) => sum + (text?.length ?? 0), 0),
  );
  for (let round = 0; round < MOST_ROUNDS && fresh.length > 0; round++) {
    for (const { facts } of fresh) missing.add(facts?.flow ?? []);
    fresh = [];
    for (const each of files) {
      const { text, facts, failure } = each;
      if (facts || failure !== undefined || text === undefined) continue;
      const isHeader = each.file.endsWith('.h');
      if (text.length > left || (isHeader && text.length > LARGEST_HEADER)) continue;
      if (!missing.definedIn(text, isHeader) || (isHeader && isCpp(text))) continue;
      left -= text.length;
      await read(each);
      fresh.push(each);
    }
  }
}
