/** Forms that a statement takes. */
export const EXPORT_FORMATS = ['html', 'markdown', 'csv', 'oscal', 'cyclonedx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Whom a statement is for; a customer's leaves out what only makers and assessors can use. */
export const AUDIENCES = ['assessor', 'customer'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Formats that differ by whom they are for: people read them. */
export const PAGE_FORMATS: readonly string[] = ['html', 'markdown'] satisfies ExportFormat[];

/** Formats that can show the rows through other catalogues; the others have a shape of their own. */
export const CROSSWALK_FORMATS: readonly string[] = ['text', 'json', 'html', 'markdown', 'csv'];

/** Formats in which the report for an assessor has the rows for the tables of implementation facts. */
export const IXIT_REPORT_FORMATS: readonly string[] = ['json', 'html', 'markdown', 'csv'];
