/** One file as its product knows it. */
import type { FileId } from '../../../rules/kit/index.js';
import type { Memory } from '../engine/engine.js';
import type { CommentFact, FileFacts } from '../engine/facts/model.js';
import type { Grammar } from '../engine/grammars.js';
import type { FileKind } from './files.js';
import type { Scan } from './scan.js';

export interface Member {
  readonly file: FileId;
  readonly kind: FileKind;
  readonly scan: Scan;
  /** Only while it is needed: until its facts are read, while an editor has it open, or where a report speaks of it. */
  text: string | undefined;
  facts: FileFacts | undefined;
  comments: readonly CommentFact[];
  /** Why it has no facts although it should. */
  failure: string | undefined;
  /** Exported names that other files take from it. */
  asked: readonly string[];
  /** Read for its own sake, whether or not others take names from it. */
  own: boolean;
  /** Read because functions that are read call something in it, or use a struct of it. */
  called: boolean;
  /** P1 has decided on it; without facts after that, there is nothing in it to listen to. */
  looked: boolean;
  /** Kept only while the file is open in an editor. */
  memory: Memory | undefined;
  open: boolean;
}

/** What a source is read with; undefined for manifests. */
export function grammarOf({ kind }: Pick<Member, 'kind'>): Grammar | undefined {
  return typeof kind === 'object' && 'source' in kind ? kind.source : undefined;
}

export function isHeader({ file }: Pick<Member, 'file'>): boolean {
  return /\.h$/i.test(file);
}
