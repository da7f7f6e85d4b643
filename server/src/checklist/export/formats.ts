/** Forms that a statement takes. */
export const EXPORT_FORMATS = ['html', 'markdown', 'csv', 'oscal', 'cyclonedx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
