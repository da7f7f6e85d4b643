/**
 * What Skarp does not check, and why: `rules/NN-heading/refused.yaml`. A malformed file is an error, never a guess.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const refusal = z.strictObject({
  /** The id of the idea in our catalogue of weaknesses: two letters of the heading, two digits. */
  idea: z.string().regex(/^[A-Z]{2}\d{2}$/, 'two letters and two digits'),
  /** What would have been looked for, in one line. */
  weakness: z.string().regex(/^\S.{9,158}\S$/, 'one line of 11 to 160 characters'),
  /** One or two sentences. */
  reason: z.string().regex(/^\S[\s\S]{18,498}\.\s*$/, 'one or two sentences'),
});

export type Refusal = z.infer<typeof refusal>;

/** A heading's refusals in order of their ideas, each once. */
export const refusals = z.array(refusal).superRefine((list, context) => {
  for (const [index, { idea }] of list.entries()) {
    const before = list[index - 1]?.idea;
    if (before !== undefined && before >= idea)
      context.addIssue({
        code: 'custom',
        path: [index, 'idea'],
        message: before === idea ? `${idea} twice` : `${idea} stands behind ${before}: keep the order`,
      });
  }
});

/** By heading. `rules` is the folder of rules. */
export function readRefusals(rules: string): ReadonlyMap<number, readonly Refusal[]> {
  const found = new Map<number, readonly Refusal[]>();
  for (const folder of readdirSync(rules).filter((name) => /^\d\d-/.test(name))) {
    const path = join(rules, folder, 'refused.yaml');
    if (!existsSync(path)) continue;
    const checked = refusals.safeParse(parse(readFileSync(path, 'utf8')));
    if (!checked.success) throw new Error(`${folder}/refused.yaml: ${z.prettifyError(checked.error)}`);
    found.set(Number(folder.slice(0, 2)), checked.data);
  }
  return found;
}
