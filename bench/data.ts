/** The measuring data: what its files look like, and how they are read. A malformed file is an error, never a guess. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { catalogue } from '../rules/index.js';

const folder = dirname(fileURLToPath(import.meta.url));

/** Ids of rules that data may name before they exist. */
export const planned: readonly string[] = z
  .array(z.string())
  .parse(parse(readFileSync(join(folder, 'planned.yaml'), 'utf8')));

const existing = new Set(catalogue.rules.map(({ id }) => id));

const rule = z.string().refine((id) => existing.has(id) || planned.includes(id), {
  error: (issue) => `${String(issue.input)} is neither a rule nor in bench/planned.yaml`,
});
const ownWords = z.string().min(8);
const cwe = z.array(z.int().positive());
const repo = z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name');
const commit = z.string().regex(/^[0-9a-f]{40}$/, 'a whole commit id');
const line = z.int().positive();

const rowParts = {
  /** The id that its authors gave it. */
  rule: z.string(),
  weakness: ownWords,
  /** Empty where no CWE fits. */
  cwe,
  /** Labelled test files, relative to the checkout. None: the weakness is mapped, but there is nothing to run on. */
  files: z.array(z.string()),
};

const labelRow = z.discriminatedUnion('scope', [
  z.strictObject({
    ...rowParts,
    scope: z.literal('in'),
    /** The rules that speak of the same weakness. */
    rules: z.array(rule).min(1),
    /** Where the label stands: on the line that does harm, or on the mistake that leads to it. */
    labels: z.enum(['harm', 'cause']),
    except: z
      .array(z.strictObject({ file: z.string().optional(), line, because: ownWords }))
      .min(1)
      .optional(),
  }),
  z.strictObject({
    ...rowParts,
    scope: z.literal('out'),
    out: z.enum(['hint', 'style', 'not-in-policy', 'whole-program', 'other-language']),
    because: z.string().min(3),
  }),
]);

/** Labels of somebody else's test files, mapped to our rules. */
export const labelMapping = z
  .strictObject({
    source: repo,
    commit,
    license: z.string(),
    /** `line before`: a comment labels the next line of code. `same line`: a comment labels the code it stands behind. */
    marks: z.enum(['line before', 'same line']),
    rows: z.array(labelRow).min(1),
  })
  .superRefine(({ rows }, context) => {
    unique(
      context,
      rows.map((row) => [row.rule, ...row.files].join(' ')),
    );
    for (const row of rows) {
      if (row.scope === 'out') continue;
      for (const { file, line: at } of row.except ?? [])
        if (file === undefined ? row.files.length !== 1 : !row.files.includes(file))
          context.addIssue(`${row.rule}: the exception of line ${String(at)} must name one of its files`);
    }
  });

const fix = z.strictObject({
  repo,
  commit,
  file: z.string(),
  /** The function that was weak, as it is called before and after. Absent: it has no name, or there is none around it. */
  function: z.string().optional(),
  weakness: rule,
  /** Rules beside `weakness` that may rightly speak of it. */
  also: z.array(rule).min(1).optional(),
  cwe: cwe.min(1),
  note: ownWords,
  /** Lines of the file before the fix where a linter should point. */
  lines: z.array(line).min(1),
});

/** Security fixes out of public histories: weak before the commit, sound after it. */
export const fixes = z.array(fix).superRefine((all, context) => {
  unique(
    context,
    all.map((each) => [each.repo, each.commit, each.file, each.function ?? '', each.weakness].join(' ')),
  );
});

/** What people who read findings said of them. */
export const verdicts = z
  .array(
    z.strictObject({
      rule: z.string().refine((id) => existing.has(id), {
        error: (issue) => `${String(issue.input)} is no rule`,
      }),
      repo,
      commit,
      path: z.string(),
      line,
      verdict: z.enum(['right', 'wrong', 'debatable']),
      reason: ownWords,
      /** The rule was repaired since and says it no longer. */
      gone: z.literal(true).optional(),
    }),
  )
  .superRefine((all, context) => {
    unique(
      context,
      all.map((each) => `${each.rule} ${each.repo}@${each.commit} ${each.path}:${String(each.line)}`),
    );
  });

/** What somebody who read functions beside what the facts hold of them found, one file a repository. */
export const readings = z
  .strictObject({
    repo,
    commit,
    /** `bench:reading` with this seed and these folders picks the same functions. */
    seed: z.int(),
    folders: z.array(z.string()).min(1).optional(),
    functions: z
      .array(
        z
          .strictObject({
            function: z.string().min(1),
            /** Path and line of the function's head. */
            at: z.string().regex(/^[^:]+:[1-9]\d*$/, 'path:line'),
            /** Every call, assignment, condition, return and loop of it is in the facts. */
            complete: z.boolean(),
            missing: ownWords.optional(),
            /** What is there, and not as it should be. */
            remark: ownWords.optional(),
          })
          .refine((each) => each.complete === (each.missing === undefined), {
            error: 'what is missing is told of a function that is not complete, and of no other',
          }),
      )
      .min(1),
  })
  .superRefine(({ functions }, context) => {
    unique(
      context,
      functions.map(({ at }) => at),
    );
  });

/** What a measurement found of weaknesses that others know of, as it was when somebody last measured. */
export const measurements = z
  .array(
    z
      .strictObject({
        on: ownWords,
        found: z.int().nonnegative(),
        of: z.int().positive(),
        measured: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a day'),
        command: ownWords,
      })
      .refine(({ found, of }) => found <= of, { error: 'more was found than there is' }),
  )
  .min(1);

export type LabelMapping = z.infer<typeof labelMapping>;
export type LabelRow = LabelMapping['rows'][number];
export type Fix = z.infer<typeof fix>;
export type Verdict = z.infer<typeof verdicts>[number];

/** One data file below `bench/`, read by its schema. Throws with the file's name on a malformed one. */
export function readOne<Shape extends z.ZodType>(name: string, schema: Shape): z.infer<Shape> {
  const read = readText(readFileSync(join(folder, name), 'utf8'), schema);
  if (!read.ok) throw new Error(`bench/${name} is malformed\n${read.why}`);
  return read.data;
}

/** The data files of a folder below `bench/`, each read by its schema. Throws with the file's name on a malformed one. */
export function readAll<Shape extends z.ZodType>(
  below: string,
  schema: Shape,
): { name: string; data: z.infer<Shape> }[] {
  const names = readdirSync(join(folder, below), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name)
    .sort();
  return names.map((name) => ({ name, data: readOne(join(below, name), schema) }));
}

/** One data file's text, or why it is not one. */
export function readText<Shape extends z.ZodType>(
  text: string,
  schema: Shape,
): { ok: true; data: z.infer<Shape> } | { ok: false; why: string } {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    return { ok: false, why: String(error) };
  }
  const read = schema.safeParse(raw);
  return read.success ? { ok: true, data: read.data } : { ok: false, why: z.prettifyError(read.error) };
}

function unique(context: z.RefinementCtx, keys: readonly string[]): void {
  for (const [index, key] of keys.entries())
    if (keys.indexOf(key) !== index) context.addIssue(`twice: ${key}`);
}
