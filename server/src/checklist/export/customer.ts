/** The statement for whoever buys the product: what holds and what remains, without what only its makers can use. */
import type { ChecklistRow, Declared } from '../model.js';
import { NOTHING_ACCEPTED, type Page, type Section, pageOf, provisionSection } from './page.js';
import { type Answer, type Line, type Statement, linesOf } from './statement.js';

const ABOUT =
  'This is the report for customers: what each provision asks, in words that are not those of the standard, whether the product fulfils it, and which risks its maker accepts. What the product is, its maker says in skarp.json.';
const LEFT_OUT =
  'Left out are the places in code, the names of rules and of single findings, who declared and who owns what, and the files that declarations rest on. The report for an assessor has them.';

export function customerPage(statement: Statement): Page {
  const { headings, risks } = statement;
  return pageOf(statement, {
    about: [ABOUT, LEFT_OUT],
    sections: [
      overview(statement),
      ...headings.map((heading) =>
        provisionSection(
          statement,
          heading,
          ['Provision', 'What it asks', 'It is', 'Answer', 'Why'],
          (line) => [line.label, line.wording, weightOf(line), line.answer, whyOf(line)],
        ),
      ),
      {
        title: 'Residual risk',
        head: ['Provisions', 'What remains', 'Why it is accepted', 'Until'],
        rows: risks.map(({ provisions, finding, reason, until }) => [
          provisions.join(', '),
          finding.message,
          reason,
          until,
        ]),
        otherwise: NOTHING_ACCEPTED,
      },
    ],
  });
}

/** A heading a row: how much of what is asked of this product it fulfils. */
function overview(statement: Statement): Section {
  const row = (name: string, lines: readonly Line[]): string[] => {
    const asked = lines.filter(({ answer }) => answer !== 'does not apply');
    const share = (status: ChecklistRow['status']): string => {
      const all = asked.filter((line) => line.row.status === status);
      return all.length === 0 ? 'none asked' : `${count(all, 'fulfilled')} of ${String(all.length)}`;
    };
    return [
      name,
      share('mandatory'),
      share('recommended'),
      count(asked, 'in part'),
      count(asked, 'not fulfilled'),
      count(asked, 'not answered'),
      String(lines.length - asked.length),
    ];
  };
  return {
    title: 'Result',
    head: [
      'Heading',
      'Mandatory fulfilled',
      'Recommended fulfilled',
      'In part',
      'Not fulfilled',
      'Not answered',
      'Does not apply',
    ],
    rows: [
      ...statement.headings.map(({ name, lines }) => row(name, lines)),
      row('All headings', linesOf(statement)),
    ],
  };
}

function count(lines: readonly Line[], answer: Answer): string {
  return String(lines.filter((line) => line.answer === answer).length);
}

function weightOf({ row }: Line): string {
  return row.applies.is === 'unknown' ? `${row.status}, where it applies` : row.status;
}

/** What the answer rests on. */
function whyOf({ row, condition }: Line): string[] {
  const { standing, declaration, applies } = row;
  const says = declaration ? [`The maker says: ${declaration.because}`, ...overdue(declaration)] : [];
  switch (standing) {
    case 'not-applicable':
      return applies.is === 'no' ? [sentence(condition)] : says;
    case 'supported':
      return ['Code shows it.', ...says];
    case 'declared':
      return says;
    case 'contradicted':
      return ['The maker calls it fulfilled, but code speaks against it.'];
    case 'violated':
      return ['Code speaks against it.', ...says];
    case 'open':
      return [condition === '' ? 'Nobody has answered it yet.' : `Nobody has answered it yet; ${condition}.`];
  }
}

function overdue({ expired, reviewBy }: Declared): string[] {
  return expired === true && reviewBy !== undefined ? [`The review of this was due on ${reviewBy}.`] : [];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
