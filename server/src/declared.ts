/** What the maker declares of the product at the root of a run. */
import { catalogue } from '../../rules/index.js';
import {
  DECLARATIONS_FILE,
  type Declarations,
  type Refusal,
  type SaidInFile,
  readDeclarations,
} from './checklist/declarations.js';
import type { Texts } from './project/texts.js';

export async function declaredAt(texts: Texts): Promise<SaidInFile | Refusal> {
  if (!(await texts.isFile(DECLARATIONS_FILE))) return { declarations: new Map(), answers: {} };
  const read = await texts.read(DECLARATIONS_FILE);
  if (typeof read === 'string') return { problem: `${DECLARATIONS_FILE}: ${read}` };
  return readDeclarations(DECLARATIONS_FILE, read.text, catalogue.standard);
}

/** What a former text of the file declares; undefined where it cannot be read. */
export function declarationsIn(text: string): Declarations | undefined {
  const read = readDeclarations(DECLARATIONS_FILE, text, catalogue.standard);
  return 'problem' in read ? undefined : read.declarations;
}
