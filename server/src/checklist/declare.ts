/** Writes a declaration into the text of `skarp.checklist.yaml`: what others wrote stays, with comments and order. */
import { type Document, Pair, YAMLMap, YAMLSeq, isMap, isScalar, isSeq } from 'yaml';
import type { FileId, ProvisionId } from '../../../rules/kit/index.js';
import type { Standard } from '../../../rules/standard/standard.js';
import { type Entry, type Refusal, readDeclarations } from './declarations.js';
import { begin, mapIn, rewritten, setField } from './rewrite.js';

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
  const declared = new Map(read.declarations).set(provision, joined(read.declarations.get(provision), said));
  return rewritten(file, former, document, { ...read, declarations: declared }, standard, `"${provision}"`);
}

/** The map of declarations; made where the file has none. */
function declarationsOf(document: Document): YAMLMap {
  begin(document);
  return mapIn(document, ['declarations']);
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
function joined(former: Entry | undefined, said: Said): Entry {
  const files = new Map(
    [...(former?.evidence ?? []), ...(said.evidence ?? [])].map((each) => [each.file, each]),
  );
  return { ...former, ...said, ...(files.size > 0 && { evidence: [...files.values()] }) };
}

/** Day of the next review once something was said anew: the former one where none is said. */
export function dueOn(
  file: FileId,
  text: string | undefined,
  provision: ProvisionId,
  said: Said,
  standard: Standard,
): string | undefined {
  const read = readDeclarations(file, text ?? '', standard);
  return 'problem' in read ? undefined : joined(read.declarations.get(provision), said)['review-by'];
}
