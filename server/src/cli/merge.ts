/** `skarp merge`: reports of parts of one product as one report, or what several products' assessments say together. */
import { basename } from 'node:path';
import { catalogue } from '../../../rules/index.js';
import { portfolioHtml } from '../assess/portfolio-page.js';
import { portfolioText } from '../assess/portfolio-text.js';
import { type Product, portfolioOf, productFrom } from '../assess/portfolio.js';
import { toJson } from '../report/json.js';
import { joined, reportFrom } from '../report/merge.js';
import type { Report } from '../report/model.js';
import { toSarif } from '../report/sarif.js';
import { toText } from '../report/text.js';
import { Failure, STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { namedText } from './text-file.js';
import { wrap } from './wrap.js';

export interface MergeOptions {
  readonly format: 'text' | 'json' | 'html' | 'sarif';
  readonly color: boolean;
}

const LARGEST = 256 * 1024 * 1024;

interface Content {
  readonly file: string;
  readonly value: unknown;
}

/** A line for each file that cannot be used; the others are joined all the same, and the exit status tells. */
export async function merge(files: readonly string[], options: MergeOptions): Promise<number> {
  const problems: string[] = [];
  const contents = files.flatMap((file): Content[] => {
    try {
      return [{ file, value: contentOf(file) }];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(error.message);
      return [];
    }
  });
  const areReports = contents.map(({ value }) => schemaOf(value) === 'skarp-report/1');
  if (areReports.includes(true) && areReports.includes(false))
    throw new Failure(
      'reports of findings are joined with each other, and assessments with each other; give one kind at a time',
    );
  const isJoined = areReports.includes(true)
    ? await mergeReports(contents, options, problems)
    : await mergeProducts(contents, options, problems);
  return isJoined && problems.length === 0 ? STATUS.clean : STATUS.failed;
}

function contentOf(file: string): unknown {
  const text = namedText(file, {
    what: 'a report or an assessment',
    largest: LARGEST,
    instead: 'what `skarp check --format json` or `skarp assess --format json` printed',
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure(
      `${file}: it is no JSON; give what \`skarp check --format json\` or \`skarp assess --format json\` prints`,
    );
  }
}

function schemaOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
}

/** Parts of one product: a part that is missing would make the whole look better than it is. */
async function mergeReports(
  contents: readonly Content[],
  { format, color }: MergeOptions,
  problems: string[],
): Promise<boolean> {
  if (format === 'html')
    throw new Failure('reports of findings are joined as text, json or sarif; choose one of them');
  const reports = contents.flatMap(({ file, value }): Report[] => {
    const report = reportFrom(value);
    if (!('problem' in report)) return [report];
    problems.push(`${file}: ${report.problem}`);
    return [];
  });
  for (const problem of problems) await say(`skarp: ${problem}`);
  if (problems.length > 0) return false;
  const report = joined(reports);
  if ('problem' in report) throw new Failure(report.problem);
  if (format === 'json') await print(toJson(report));
  else if (format === 'sarif') await print(toSarif(report, catalogue.rules));
  else
    await print(
      toText(report, {
        color: useColor(color),
        edition: 'v3.1.1',
        headings: catalogue.standard.headings,
        // The code is not at hand where reports are joined.
        text: () => undefined,
      }),
    );
  return true;
}

async function mergeProducts(
  contents: readonly Content[],
  { format, color }: MergeOptions,
  problems: string[],
): Promise<boolean> {
  if (format === 'sarif')
    throw new Failure('assessments are joined as text, json or html; choose one of them');
  const products = contents.flatMap(({ file, value }): Product[] => {
    const product = productFrom(basename(file).replace(/\.json$/i, ''), value);
    if (!('problem' in product)) return [product];
    problems.push(`${file}: ${product.problem}`);
    return [];
  });
  for (const problem of problems) await say(`skarp: ${problem}`);
  if (products.length === 0) return false;
  const portfolio = portfolioOf(distinct(products));
  if (format === 'json') await print(`${JSON.stringify(portfolio, undefined, 2)}\n`);
  else if (format === 'html') await print(portfolioHtml(portfolio));
  else await print(portfolioText(portfolio, { color: useColor(color), wrap }));
  return true;
}

/** Products of one name are told apart by a number. */
function distinct(products: readonly Product[]): Product[] {
  const seen = new Map<string, number>();
  return products.map((product) => {
    const count = (seen.get(product.name) ?? 0) + 1;
    seen.set(product.name, count);
    return count === 1 ? product : { ...product, name: `${product.name} (${String(count)})` };
  });
}
