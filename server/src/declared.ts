/** What the maker declares of the product at the root of a run. */
import { catalogue } from '../../rules/index.js';
import {
  DECLARATIONS_FILE,
  type Declarations,
  type Refusal,
  readDeclarations,
} from './checklist/declarations.js';
import type { Texts } from './project/texts.js';

export async function declarationsAt(texts: Texts): Promise<Declarations | Refusal> {
  if (!(await texts.isFile(DECLARATIONS_FILE))) return new Map();
  const read = await texts.read(DECLARATIONS_FILE);
  if (typeof read === 'string') return { problem: `${DECLARATIONS_FILE}: ${read}` };
  const result = readDeclarations(DECLARATIONS_FILE, read.text, catalogue.standard);
  return 'problem' in result ? result : result.declarations;
}
