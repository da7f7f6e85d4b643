/** Which findings speak against a provision of a product. */
import type { ProvisionId } from '../../../rules/kit/index.js';
import type { Report, ReportFinding } from '../report/model.js';

/** Found in product code and no mere hint; those that were accepted with a reason are among them. */
export function foundAgainst(
  provision: ProvisionId,
  { findings }: Pick<Report, 'findings'>,
  product: string,
): ReportFinding[] {
  return findings.filter(
    (finding) =>
      finding.provisions.includes(provision) &&
      finding.material === 'product' &&
      finding.severity !== 'info' &&
      isOf(product, finding),
  );
}

/** Those that nobody accepted. */
export function openAgainst(
  provision: ProvisionId,
  report: Pick<Report, 'findings'>,
  product: string,
): ReportFinding[] {
  return foundAgainst(provision, report, product).filter(({ suppressed }) => !suppressed);
}

/** The product at the root of a run is all of it. */
export function isOf(product: string, each: { readonly product?: string }): boolean {
  return product === '.' || each.product === product;
}
