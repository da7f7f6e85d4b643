/**
 * The statement as OSCAL assessment results (NIST, 1.1.3). Provisions are control objectives, what code shows and what
 * the maker declares are observations, what speaks against a provision is a risk, and a provision that applies has a
 * finding with the answer. One that does not apply is left out of the selection, with an observation that says why:
 * OSCAL knows only satisfied and not satisfied.
 */
import { NAMESPACE_URI, instantOf, uuidOf } from './identity.js';
import { observationsOf, partiesOf, resourcesOf, risksOf } from './oscal-observations.js';
import { type Ids, type Json, idsOf, propsOf, prose, some } from './oscal-parts.js';
import { type Line, NO_STATEMENT, STATUS_LEGEND, type Statement, linesOf, titleOf } from './statement.js';

const OSCAL_VERSION = '1.1.3';

export function statementOscal(statement: Statement): string {
  const ids = idsOf(statement);
  const { edition, date, draft } = statement;
  const title = prose(titleOf(statement));
  const content = {
    metadata: {
      title,
      'last-modified': instantOf(date),
      version: draft ? `${date}-draft` : date,
      'oscal-version': OSCAL_VERSION,
      ...propsOf({ edition, draft: draft ? 'yes' : 'no' }),
      roles: [
        { id: 'declarer', title: 'Declares what the maker says of a provision' },
        { id: 'assessor', title: 'Reads the code' },
      ],
      ...some('parties', partiesOf(statement, ids)),
      remarks: [
        ...(draft ? [`DRAFT: ${NO_STATEMENT}`] : []),
        'The wording of the provisions is that of Skarp, not of the standard.',
      ].join(' '),
    },
    'import-ap': { href: `#${ids.plan}`, remarks: 'There is no plan apart from the list of provisions.' },
    'local-definitions': {
      'objectives-and-methods': linesOf(statement).map(objective),
    },
    results: [result(statement, ids, title)],
    'back-matter': { resources: resourcesOf(statement, ids) },
  };
  // A document of other content is another document.
  const uuid = uuidOf('assessment-results', JSON.stringify(content));
  return `${JSON.stringify({ 'assessment-results': { uuid, ...content } }, undefined, 2)}\n`;
}

function result(statement: Statement, ids: Ids, title: string): Json {
  const { date, draft, tool, product } = statement;
  const lines = linesOf(statement);
  const [inside, outside] = [lines.filter(applies), lines.filter((line) => !applies(line))];
  const name = prose(product);
  return {
    uuid: ids.result,
    title,
    description: `What the code of the product shows and what its maker declares. ${prose(STATUS_LEGEND)}`,
    start: instantOf(date),
    end: instantOf(date),
    ...propsOf({ draft: draft ? 'yes' : 'no' }),
    'local-definitions': {
      components: [
        {
          uuid: ids.product,
          type: 'this-system',
          title: name,
          description: `The product ${name}.`,
          status: { state: 'other', remarks: 'Whether it is on the market is not known here.' },
        },
      ],
      'assessment-assets': {
        components: [
          {
            uuid: ids.tool,
            type: 'software',
            title: tool,
            description: 'Reads source code and configuration.',
            ...propsOf({ version: tool.replace(/^\S+ /, '') }),
            status: { state: 'operational' },
          },
        ],
        'assessment-platforms': [
          { uuid: ids.platform, title: 'Source code', 'uses-components': [{ 'component-uuid': ids.tool }] },
        ],
      },
    },
    'reviewed-controls': {
      'control-selections': [
        {
          description: 'What applies, or may apply; excluded is what the maker says does not apply.',
          ...some('include-controls', inside.map(selected)),
          ...some('exclude-controls', outside.map(selected)),
        },
      ],
      'control-objective-selections': [
        {
          ...some('include-objectives', inside.map(selectedObjective)),
          ...some('exclude-objectives', outside.map(selectedObjective)),
        },
      ],
    },
    ...some('observations', observationsOf(statement, ids)),
    ...some('risks', risksOf(statement, ids)),
    ...some(
      'findings',
      inside.map((line) => finding(line, ids)),
    ),
    ...(draft && { remarks: `DRAFT: ${NO_STATEMENT}` }),
  };
}

/** The answer to a provision that applies. */
function finding(line: Line, ids: Ids): Json {
  const { row, label, standing, support, status, found, risks } = line;
  const observations = [
    ...found.map(ids.finding),
    ...risks.map((risk) => ids.finding(risk.finding)),
    ...row.evidence.map(ids.seen),
    ...(row.declaration ? [ids.declaration(row)] : []),
  ];
  const about = [...found, ...risks.map((risk) => risk.finding)].map(ids.risk);
  return {
    uuid: ids.answer(row),
    title: `${label}: ${standing}`,
    description: prose(row.wording),
    ...propsOf({
      provision: row.id,
      label,
      status,
      support,
      standing: row.standing,
      'can-show': row.canShow,
      applies: row.applies.is,
      'applies-because': row.applies.because,
    }),
    target: {
      type: 'objective-id',
      'target-id': objectiveId(row.id),
      status: {
        state: support === 'Y' ? 'satisfied' : 'not-satisfied',
        reason: REASONS[row.standing],
        remarks: prose(standing),
      },
      ...(row.standing === 'declared' && implementation(row.declaration?.declared)),
    },
    ...some(
      'related-observations',
      [...new Set(observations)].map((uuid) => ({ 'observation-uuid': uuid })),
    ),
    ...some(
      'related-risks',
      [...new Set(about)].map((uuid) => ({ 'risk-uuid': uuid })),
    ),
  };
}

/** Only what code shows has passed anything. */
const REASONS: Readonly<Record<Line['row']['standing'], string>> = {
  supported: 'pass',
  violated: 'fail',
  contradicted: 'fail',
  declared: 'other',
  open: 'other',
  'not-applicable': 'other',
};

function implementation(declared: string | undefined): Json {
  if (declared === 'met') return { 'implementation-status': { state: 'implemented' } };
  return declared === 'partly' ? { 'implementation-status': { state: 'partial' } } : {};
}

function objective({ row, label, status, condition }: Line): Json {
  return {
    'control-id': controlId(row.id),
    ...propsOf({ label, status, condition, heading: String(row.heading) }),
    parts: [
      {
        id: objectiveId(row.id),
        name: 'assessment-objective',
        ns: NAMESPACE_URI,
        prose: prose(row.wording),
      },
    ],
  };
}

function selected({ row }: Line): Json {
  return { 'control-id': controlId(row.id) };
}

function selectedObjective({ row }: Line): Json {
  return { 'objective-id': objectiveId(row.id) };
}

function applies({ row }: Line): boolean {
  return row.standing !== 'not-applicable';
}

/** Ids of OSCAL begin with a letter. */
function controlId(provision: string): string {
  return `p${provision}`;
}

function objectiveId(provision: string): string {
  return `${controlId(provision)}_obj`;
}
