/** The whole statement, in the shape of the standard's own table of conformance: for whoever checks it. */
import type { Declared } from '../model.js';
import { IXIT_SAYS } from '../ixit/rows.js';
import { ixitSections } from '../ixit/sections.js';
import { NOTHING_ACCEPTED, type Page, pageOf, provisionSection } from './page.js';
import { type Line, STATUS_LEGEND, type Statement } from './statement.js';

export function assessorPage(statement: Statement): Page {
  const { headings, risks, ixit } = statement;
  return pageOf(statement, {
    about: [STATUS_LEGEND, ...(ixit ? [`The IXIT tables at the end: ${IXIT_SAYS}`] : [])],
    sections: [
      ...headings.map((heading) =>
        provisionSection(
          statement,
          heading,
          ['Provision', 'What it asks', 'Status', 'Support', 'Detail'],
          (line) => [line.label, line.wording, line.status, line.support, detailOf(line)],
        ),
      ),
      {
        title: 'Residual risk',
        head: ['Provisions', 'What was found', 'Where', 'Why it is accepted', 'Until', 'By'],
        rows: risks.map(({ provisions, what, place, reason, until, by }) => [
          provisions.join(', '),
          what,
          place,
          reason,
          until,
          by,
        ]),
        otherwise: NOTHING_ACCEPTED,
      },
      ...ixitSections(ixit ?? []),
    ],
  });
}

/** What stands beside the answer, a line each; a standing that is the declaration's own is not said twice. */
function detailOf({ row, standing, condition, declaration, against, seen }: Line): string[] {
  return [
    ...(row.standing === 'declared' || (row.applies.is !== 'no' && row.standing === declaration?.declared)
      ? []
      : [standing]),
    ...(condition === '' ? [] : [condition]),
    ...(declaration
      ? [
          `declared ${declaration.declared}: ${declaration.because}`,
          signatureOf(declaration),
          ...declaration.evidence.map(({ file, sha256 }) => `evidence: ${file} (SHA-256 ${sha256})`),
        ]
      : []),
    ...against.map((each) => `found: ${each}`),
    ...seen.map((each) => `seen: ${each}`),
  ];
}

/** Who declared it and until when, on one line. */
function signatureOf({ by, on, owner, reviewBy, expired }: Declared): string {
  return [
    `${by}, ${on}`,
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(reviewBy === undefined ? [] : [`review ${expired === true ? 'was due on' : 'by'} ${reviewBy}`]),
  ].join('; ');
}
