/** Applying fixes: all or nothing for each, never two that overlap. */
import type { Edit, FileId, Fix } from '../../../rules/kit/index.js';

/**
 * Chooses fixes in order, leaving out every one that overlaps an earlier one: it may be right no longer.
 * Identical edits (two findings with one cause) count once.
 */
export function chooseFixes(fixes: readonly Fix[]): {
  edits: Map<FileId, Edit[]>;
  applied: number;
  refused: number;
} {
  const edits = new Map<FileId, Edit[]>();
  let applied = 0;
  let refused = 0;
  for (const fix of fixes) {
    const fresh = fix.edits.filter(
      (edit) => !(edits.get(edit.at.file) ?? []).some((other) => same(edit, other)),
    );
    const clash = fresh.some((edit) =>
      (edits.get(edit.at.file) ?? []).some((other) => overlaps(edit, other)),
    );
    const selfClash = fresh.some((edit, index) =>
      fresh.slice(index + 1).some((other) => edit.at.file === other.at.file && overlaps(edit, other)),
    );
    if (clash || selfClash) {
      refused++;
      continue;
    }
    for (const edit of fresh) {
      const known = edits.get(edit.at.file);
      if (known) known.push(edit);
      else edits.set(edit.at.file, [edit]);
    }
    applied++;
  }
  return { edits, applied, refused };
}

/** The text after edits of one file, which must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.at.start - b.at.start)) {
    result += text.slice(from, edit.at.start) + edit.text;
    from = edit.at.end;
  }
  return result + text.slice(from);
}

function same(a: Edit, b: Edit): boolean {
  return a.at.start === b.at.start && a.at.end === b.at.end && a.text === b.text;
}

/** Touching is overlapping where both insert at one place: their order would be a guess. */
function overlaps(a: Edit, b: Edit): boolean {
  if (a.at.start === b.at.start) return true;
  return a.at.start < b.at.end && b.at.start < a.at.end;
}
