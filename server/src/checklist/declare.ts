/** Writes a declaration into the text of `skarp.checklist.yaml`: what others wrote stays, with comments and order. */
import { type Document, Lexer, Pair, YAMLMap, YAMLSeq, isMap, isScalar, isSeq } from 'yaml';
import type { FileId, ProvisionId } from '../../../rules/kit/index.js';
import type { Standard } from '../../../rules/standard/standard.js';
import {
  type Entry,
  LARGEST_DECLARATIONS,
  type Refusal,
  SCHEMA,
  isEmpty,
  readDeclarations,
} from './declarations.js';

/** What is said anew; what is left out stays as it was said before. Evidence is added, or takes the place of the same file. */
export type Said = Entry;

/** The file's new text. An unreadable one, and one that could not be written without a loss, is refused. `text` is undefined where there is no file yet. */
export function declare(
  file: FileId,
  text: string | undefined,
  provision: ProvisionId,
  said: Said,
  standard: Standard,
): { readonly text: string } | Refusal {
  const former = text ?? '';
  const read = readDeclarations(file, former, standard);
  if ('problem' in read) return read;
  const { document } = read;
  const declarations = declarationsOf(document);
  const known: unknown = declarations.get(provision, true);
  const target = isMap(known) ? known : insert(document, declarations, provision, standard);
  for (const [key, value] of Object.entries(said))
    if (key === 'evidence') addEvidence(document, target, said.evidence ?? []);
    else setField(document, target, key, value);
  const written = document.toString({ lineWidth: 0 });
  const eol = former.includes('\r\n') ? '\r\n' : '\n';
  const result = (former.startsWith('\uFEFF') ? '\uFEFF' : '') + written.replace(/\r?\n/g, eol);
  const expected = new Map(read.declarations).set(provision, joined(read.declarations.get(provision), said));
  return keeps(file, former, result, expected, standard)
    ? { text: result }
    : {
        problem: `${file}: it cannot be written without losing a comment or growing beyond ${String(LARGEST_DECLARATIONS / 1024)} kB; write "${provision}" by hand`,
      };
}

/** The map of declarations; made where the file has none. */
function declarationsOf(document: Document): YAMLMap {
  if (isEmpty(document)) {
    // A comment at the top of an empty file belongs to the file.
    document.commentBefore = lines(document.commentBefore, document.comment, document.contents);
    document.comment = null;
    document.contents = document.createNode({ schema: SCHEMA });
  }
  const former: unknown = document.get('declarations', true);
  if (isMap(former)) {
    if (former.items.length === 0) former.flow = false;
    return former;
  }
  const made = new YAMLMap();
  made.commentBefore = lines(undefined, undefined, former) ?? null;
  document.set('declarations', made);
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

/** Behind the last one that the standard has before it; else first. The order of all others stays. */
function insert(
  document: Document,
  declarations: YAMLMap,
  provision: ProvisionId,
  standard: Standard,
): YAMLMap {
  const order = new Map<unknown, number>(standard.provisions.map(({ id }, index) => [id, index]));
  const own = order.get(provision) ?? 0;
  const at =
    declarations.items.findLastIndex(({ key }) => isScalar(key) && (order.get(key.value) ?? 0) < own) + 1;
  const key = document.createNode(provision);
  key.type = 'QUOTE_DOUBLE';
  const target = new YAMLMap();
  declarations.items.splice(at, 0, new Pair<unknown, unknown>(key, target));
  return target;
}

function setField(document: Document, map: YAMLMap, key: string, value: unknown): void {
  const former: unknown = map.get(key, true);
  // The value's own comments and quotes stay.
  if (isScalar(former)) former.value = value;
  else map.set(key, document.createNode(value));
}

function addEvidence(document: Document, target: YAMLMap, evidence: NonNullable<Entry['evidence']>): void {
  const former: unknown = target.get('evidence', true);
  const list = isSeq(former) ? former : new YAMLSeq();
  if (!isSeq(former)) target.set('evidence', list);
  if (list.items.length === 0) list.flow = false;
  for (const { file, sha256 } of evidence) {
    const known = list.items.find((item) => isMap(item) && item.get('file') === file);
    if (isMap(known)) setField(document, known, 'sha256', sha256);
    else list.items.push(document.createNode({ file, sha256 }));
  }
}

/** What a provision's declaration is after something was said anew. */
export function joined(former: Entry | undefined, said: Said): Entry {
  const files = new Map(
    [...(former?.evidence ?? []), ...(said.evidence ?? [])].map((each) => [each.file, each]),
  );
  return { ...former, ...said, ...(files.size > 0 && { evidence: [...files.values()] }) };
}

/** Whether a text says what is expected and holds every comment of the former one. */
function keeps(
  file: FileId,
  former: string,
  text: string,
  expected: ReadonlyMap<ProvisionId, Entry>,
  standard: Standard,
): boolean {
  const read = readDeclarations(file, text, standard);
  if ('problem' in read) return false;
  const plainly = (all: ReadonlyMap<ProvisionId, Entry>): string =>
    JSON.stringify([...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, entry]) => [id, sorted(entry)]));
  const now = commentsOf(text);
  const before = commentsOf(former);
  return plainly(read.declarations) === plainly(expected) && JSON.stringify(now) === JSON.stringify(before);
}

function sorted(entry: Entry): unknown[] {
  return Object.entries(entry)
    .filter(([key, value]) => key !== 'evidence' || (Array.isArray(value) && value.length > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** All comments of a text, sorted. */
function commentsOf(text: string): string[] {
  const found: string[] = [];
  for (const token of new Lexer().lex(text)) if (token.startsWith('#')) found.push(token.trim());
  return found.sort();
}
