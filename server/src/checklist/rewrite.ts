/** Changes the text of `skarp.checklist.yaml` so that what others wrote stays, with comments and order. */
import { type Document, Lexer, YAMLMap, isMap, isScalar } from 'yaml';
import type { FileId } from '../../../rules/kit/index.js';
import type { Standard } from '../../../rules/standard/standard.js';
import {
  type Answer,
  type Entry,
  LARGEST_DECLARATIONS,
  type Refusal,
  SCHEMA,
  type SaidInFile,
  isEmpty,
  readDeclarations,
} from './declarations.js';
import { ROLES } from './words.js';

/** Gives an empty document its schema. */
export function begin(document: Document): void {
  if (!isEmpty(document)) return;
  // A comment at the top of an empty file belongs to the file.
  document.commentBefore = lines(document.commentBefore, document.comment, document.contents);
  document.comment = null;
  document.contents = document.createNode({ schema: SCHEMA });
}

/** The map at a path of keys; made where there is none, with the comments of what stood in its place. */
export function mapIn(document: Document, path: readonly string[]): YAMLMap {
  const former: unknown = document.getIn(path, true);
  if (isMap(former)) {
    if (former.items.length === 0) former.flow = false;
    return former;
  }
  const made = new YAMLMap();
  made.commentBefore = lines(undefined, undefined, former) ?? null;
  document.setIn(path, made);
  return made;
}

function lines(
  before: string | null | undefined,
  after: string | null | undefined,
  node: unknown,
): string | null {
  const own = isScalar(node) ? [node.commentBefore, node.comment] : [];
  const all = [before, ...own, after].filter((each) => each !== undefined && each !== null && each !== '');
  return all.length > 0 ? all.join('\n') : null;
}

export function setField(document: Document, map: YAMLMap, key: string, value: unknown): void {
  const former: unknown = map.get(key, true);
  // The value's own comments and quotes stay.
  if (isScalar(former)) former.value = value;
  else map.set(key, document.createNode(value));
}

/** The changed document as text; refused where it would lose a comment or say anything else than what is expected. */
export function rewritten(
  file: FileId,
  former: string,
  document: Document,
  expected: SaidInFile,
  standard: Standard,
  what: string,
): { readonly text: string } | Refusal {
  const written = document.toString({ lineWidth: 0 });
  const eol = former.includes('\r\n') ? '\r\n' : '\n';
  const text = (former.startsWith('\uFEFF') ? '\uFEFF' : '') + written.replace(/\r?\n/g, eol);
  return keeps(file, former, text, expected, standard)
    ? { text }
    : {
        problem: `${file}: it cannot be written without losing a comment or growing beyond ${String(LARGEST_DECLARATIONS / 1024)} kB; write ${what} by hand`,
      };
}

/** Whether a text says what is expected and holds every comment of the former one. */
function keeps(
  file: FileId,
  former: string,
  text: string,
  expected: SaidInFile,
  standard: Standard,
): boolean {
  const read = readDeclarations(file, text, standard);
  if ('problem' in read) return false;
  const plainly = ({ declarations, answers }: SaidInFile): string =>
    JSON.stringify([
      [...declarations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, entry]) => [id, sorted(entry)]),
      ROLES.map((role) => sortedAnswers(answers[role])),
    ]);
  const now = commentsOf(text);
  const before = commentsOf(former);
  return plainly(read) === plainly(expected) && JSON.stringify(now) === JSON.stringify(before);
}

function sorted(entry: Entry): unknown[] {
  return Object.entries(entry)
    .filter(([key, value]) => key !== 'evidence' || (Array.isArray(value) && value.length > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function sortedAnswers(answers: Readonly<Record<string, Answer>> = {}): unknown[] {
  return Object.entries(answers).map(([heading, { level, by, on }]) => [heading, level, by, on]);
}

/** All comments of a text, sorted. */
function commentsOf(text: string): string[] {
  const found: string[] = [];
  for (const token of new Lexer().lex(text)) if (token.startsWith('#')) found.push(token.trim());
  return found.sort();
}
