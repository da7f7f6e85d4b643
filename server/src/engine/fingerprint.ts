/**
 * A finding's name over time: rule, function and normalised snippet, without path or line, so that it survives edits
 * around it and moves of its file. The ordinal tells equal findings of one file apart. The recipe is frozen within
 * `skarp-report/1`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export class Fingerprints {
  private readonly counts = new Map<string, number>();

  /** Must be asked in order of position within one file. */
  next(rule: string, func: string | undefined, snippet: string): string {
    const key = [rule, func ?? '', snippet.replace(/\s+/g, ' ').trim()].join('\n');
    const ordinal = this.counts.get(key) ?? 0;
    this.counts.set(key, ordinal + 1);
    return bytesToHex(sha256(utf8ToBytes(`${key}\n${String(ordinal)}`))).slice(0, 24);
  }
}
