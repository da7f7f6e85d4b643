/** What linting gives: findings, evidence and notices, with offsets. Reports turn offsets into lines and columns. */
import type { At, FileId, Fix, Heading, ProvisionId, Severity, Step } from '../../../rules/kit/index.js';

export type Material = 'product' | 'test' | 'example';

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: At;
  /** Root folder of the product, relative to the root of the run; `.` for the root itself. */
  readonly product: string;
  readonly func?: string;
  readonly condition?: string;
  readonly material: Material;
  readonly provisions: readonly ProvisionId[];
  readonly headings: readonly Heading[];
  readonly cwe: readonly number[];
  readonly fingerprint: string;
  readonly path: readonly Step[];
  readonly fixes: readonly Fix[];
  readonly suppressed?: Suppressed;
}

export interface Suppressed {
  readonly reason: string;
  readonly until?: string;
  readonly by?: string;
}

export interface Evidence {
  readonly rule: string;
  readonly provision: ProvisionId;
  readonly at: At;
  readonly product: string;
  readonly shows: string;
}

/** Something that was not done, and why. Never a reason to stop. */
export interface Notice {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  /** A macro that may be why. */
  readonly macro?: string;
}
