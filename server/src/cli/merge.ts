/** `skarp merge`: what several products' assessments say together. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { portfolioHtml } from '../assess/portfolio-page.js';
import { portfolioText } from '../assess/portfolio-text.js';
import { type Product, portfolioOf, productFrom } from '../assess/portfolio.js';
import { reasonOf } from '../project/files.js';
import { STATUS } from './failure.js';
import { print, say, useColor } from './output.js';
import { wrap } from './wrap.js';

export interface MergeOptions {
  readonly format: 'text' | 'json' | 'html';
  readonly color: boolean;
}

const LARGEST = 32 * 1024 * 1024;

/** A line for each file that cannot be used; the others are joined all the same, and the exit status tells. */
export async function merge(files: readonly string[], options: MergeOptions): Promise<number> {
  const products: Product[] = [];
  let isWhole = true;
  for (const file of files) {
    const product = productIn(file);
    if ('problem' in product) {
      await say(`skarp: ${file}: ${product.problem}`);
      isWhole = false;
    } else products.push(product);
  }
  if (products.length > 0) {
    const portfolio = portfolioOf(distinct(products));
    if (options.format === 'json') await print(`${JSON.stringify(portfolio, undefined, 2)}\n`);
    else if (options.format === 'html') await print(portfolioHtml(portfolio));
    else await print(portfolioText(portfolio, { color: useColor(options.color), wrap }));
  }
  return isWhole ? STATUS.clean : STATUS.failed;
}

function productIn(file: string): Product | { readonly problem: string } {
  let text: string;
  try {
    const found = statSync(file);
    if (!found.isFile())
      return { problem: 'it is not a file; name what `skarp assess --format json` printed' };
    if (found.size > LARGEST) return { problem: 'it is too large to be an assessment' };
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { problem: `${reasonOf(error)}; name a file that can be read` };
  }
  try {
    return productFrom(basename(file).replace(/\.json$/i, ''), JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError)
      return { problem: 'it is no JSON; give what `skarp assess --format json` prints' };
    throw error;
  }
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
