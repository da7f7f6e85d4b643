/** What a file mentions of the words that somebody asks for: the project finds it, the checklist knows what it says. */
import type { FileId } from '../../../rules/kit/index.js';

export interface Mention {
  /**
   * A function that C calls, a header that it includes, a macro that is a text (`NAME=text`), a package that is imported
   * or depended on, an option that is on or another line of a config file.
   */
  readonly kind: 'call' | 'include' | 'macro' | 'package' | 'option';
  readonly text: string;
  readonly file: FileId;
  /** 1-based. */
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}
