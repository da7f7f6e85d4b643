/** Several products side by side, and what is weak in many of them: `skarp-portfolio/1`. */
import { z } from 'zod';
import type { Checklist } from '../checklist/model.js';
import { assess } from './assessment.js';

const level = z.number().min(0).max(3);
const share = z.number().min(0).max(1);
const heading = z.int().min(0).max(13);
const text = z.string().max(4096);

/** As much of `skarp-assessment/1` as is needed here. */
const assessment = z.object({
  schema: z.literal('skarp-assessment/1'),
  name: text.optional(),
  edition: text,
  inCi: z.boolean(),
  headings: z.array(
    z.object({ heading, title: text, level: z.literal([0, 1, 2, 3]), value: level, next: z.array(text) }),
  ),
  typology: z.object({
    type: z.enum(['starter', 'builder', 'paper tiger', 'leader']),
    code: share,
    process: share,
  }),
});

/** As much of `skarp-checklist/1` as an assessment needs. */
const checklist = z.object({
  schema: z.literal('skarp-checklist/1'),
  edition: text,
  product: text,
  headings: z.array(z.object({ heading, title: text, rules: z.int().min(0) })),
  rows: z.array(
    z.object({
      id: text,
      labels: z.record(z.string(), z.array(text)),
      heading,
      wording: text,
      status: z.enum(['mandatory', 'recommended']),
      canShow: z.enum(['show', 'hint', 'no']),
      applies: z.object({ is: z.enum(['yes', 'no', 'unknown']), because: text }),
      standing: z.enum(['not-applicable', 'contradicted', 'violated', 'supported', 'declared', 'open']),
      findings: z.array(text),
      evidence: z.array(z.object({})),
      declaration: z
        .object({
          declared: z.enum(['met', 'partly', 'not-met', 'not-applicable']),
          owner: text.optional(),
          reviewBy: text.optional(),
          expired: z.literal(true).optional(),
        })
        .optional(),
    }),
  ),
});

type Given = z.infer<typeof assessment>;

export interface Product {
  readonly name: string;
  readonly edition: string;
  readonly typology: Given['typology'];
  readonly inCi: boolean;
  readonly headings: Given['headings'];
}

/** What is weak in more than one product. */
export interface SharedWeakness {
  readonly heading: number;
  readonly title: string;
  /** Names of the products that are at level 0 here. */
  readonly products: readonly string[];
  /** Of so many products, to which it applies. */
  readonly of: number;
  /** Mean value over these. */
  readonly mean: number;
  /** Provisions that hold back more than one of them, the most frequent first. */
  readonly provisions: readonly { readonly id: string; readonly products: number }[];
}

export interface Portfolio {
  readonly schema: 'skarp-portfolio/1';
  readonly shared: readonly SharedWeakness[];
  readonly products: readonly Product[];
}

/** A product from what a program wrote; or why it is none, and what to do. */
export function productFrom(name: string, content: unknown): Product | { readonly problem: string } {
  const schema =
    typeof content === 'object' && content !== null && 'schema' in content ? content.schema : undefined;
  if (schema === 'skarp-report/1')
    return {
      problem: 'it is a report of findings, which has no maturity; give `skarp assess --format json` instead',
    };
  if (schema !== 'skarp-assessment/1' && schema !== 'skarp-checklist/1')
    return { problem: 'it is no assessment; give what `skarp assess --format json` prints' };
  let given = content;
  if (schema === 'skarp-checklist/1') {
    const list = checklist.safeParse(content);
    if (!list.success) return { problem: misshapen(list.error) };
    // Of a pipeline a checklist says nothing, so nothing counts as enforced.
    given = assess(list.data as unknown as Checklist, { inCi: false, loosened: new Set() });
  }
  const read = assessment.safeParse(given);
  if (!read.success) return { problem: misshapen(read.error) };
  const { edition, typology, inCi, headings } = read.data;
  return { name: read.data.name ?? name, edition, typology, inCi, headings };
}

function misshapen({ issues }: z.ZodError): string {
  const where = (issues[0]?.path ?? []).map(String).join('.').slice(0, 80);
  return `it is not as Skarp writes it (${where === '' ? 'at its top' : where}); write it anew`;
}

export function portfolioOf(products: readonly Product[]): Portfolio {
  const titles = new Map(
    products.flatMap(({ headings }) =>
      headings.map(({ heading: number, title }) => [number, title] as const),
    ),
  );
  const shared = [...titles].flatMap(([number, title]): SharedWeakness[] => {
    const own = products.flatMap((product) =>
      product.headings
        .filter((each) => each.heading === number)
        .map((each) => ({ ...each, name: product.name })),
    );
    const weak = own.filter((each) => each.level === 0);
    if (weak.length < 2) return [];
    const mean = own.reduce((sum, { value }) => sum + value, 0) / own.length;
    return [
      {
        heading: number,
        title,
        products: weak.map(({ name }) => name),
        of: own.length,
        mean,
        provisions: oftenIn(weak.map(({ next }) => next)),
      },
    ];
  });
  return {
    schema: 'skarp-portfolio/1',
    shared: shared.sort((a, b) => b.products.length - a.products.length || a.mean - b.mean),
    products,
  };
}

function oftenIn(lists: readonly (readonly string[])[]): SharedWeakness['provisions'] {
  const counts = new Map<string, number>();
  for (const id of lists.flatMap((list) => [...new Set(list)])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .filter(([, products]) => products > 1)
    .map(([id, products]) => ({ id, products }))
    .sort((a, b) => b.products - a.products);
}
