/** Writes what a role answers into the text of `skarp.checklist.yaml`. A second answer takes the place of the first. */
import type { FileId, Heading } from '../../../rules/kit/index.js';
import type { Standard } from '../../../rules/standard/standard.js';
import { type Answer, type Refusal, readDeclarations } from './declarations.js';
import { begin, mapIn, rewritten, setField } from './rewrite.js';
import type { Role } from './words.js';

/** The file's new text, headings in the order in which they were first answered. An unreadable file is refused. */
export function answer(
  file: FileId,
  text: string,
  role: Role,
  answers: ReadonlyMap<Heading, Answer>,
  standard: Standard,
): { readonly text: string } | Refusal {
  const read = readDeclarations(file, text, standard);
  if ('problem' in read) return read;
  const { document } = read;
  begin(document);
  mapIn(document, ['answers']);
  const ofRole = mapIn(document, ['answers', role]);
  for (const [heading, said] of answers) {
    if (ofRole.get(String(heading), true) === undefined) {
      const key = document.createNode(String(heading));
      key.type = 'QUOTE_DOUBLE';
      ofRole.set(key, document.createNode({}));
    }
    const target = mapIn(document, ['answers', role, String(heading)]);
    for (const [field, value] of Object.entries(said)) setField(document, target, field, value);
  }
  const merged = { ...read.answers[role] };
  for (const [heading, said] of answers) merged[String(heading)] = said;
  const expected = { ...read, answers: { ...read.answers, [role]: merged } };
  return rewritten(file, text, document, expected, standard, `the answers of ${role}`);
}
