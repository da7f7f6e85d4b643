import type { Report } from './model.js';

/** The report as it stands, for programs; ends with a line break. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
