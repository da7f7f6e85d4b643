/**
 * The statement as a CycloneDX 1.6 attestation: the provisions as requirements of a standard, what the maker declares
 * and what code shows as claims, what speaks against them as counter-claims, each with its evidence.
 */
import type { ReportFinding } from '../../report/model.js';
import { fileUri } from '../../report/uri.js';
import { DECLARATIONS_FILE } from '../declarations.js';
import type { ChecklistRow, Declared } from '../model.js';
import type { Word } from '../words.js';
import { oneLine } from './escaped.js';
import { instantOf, uuidOf } from './identity.js';
import {
  type Line,
  NO_STATEMENT,
  STATUS_LEGEND,
  type Statement,
  findingsIn,
  linesOf,
  placeOf,
  unique,
} from './statement.js';

type Json = Readonly<Record<string, unknown>>;

const STANDARD = 'standard';
const PRODUCT = 'product';
const MAKER = 'maker';
const DRAFT = `DRAFT: ${NO_STATEMENT} `;

export function statementCycloneDx(statement: Statement): string {
  const { product, edition, date, draft, tool } = statement;
  const [toolName, toolVersion] = tool.split(' ');
  const name = oneLine(product);
  const content = {
    version: 1,
    metadata: {
      timestamp: instantOf(date),
      tools: { components: [{ type: 'application', name: toolName, version: toolVersion }] },
      component: { type: 'device', name },
      properties: propertiesOf({ edition, draft: String(draft) }),
    },
    declarations: {
      assessors: [
        {
          'bom-ref': MAKER,
          thirdParty: false,
          organization: {
            ...makerOf(product),
            contact: signers(statement).map((by) => ({ name: by })),
          },
        },
      ],
      attestations: [
        {
          summary: `${draft ? DRAFT : ''}${STATUS_LEGEND}`,
          assessor: MAKER,
          map: linesOf(statement).map(answer),
        },
      ],
      claims: linesOf(statement).flatMap(claims),
      evidence: evidence(statement),
      targets: { components: [{ 'bom-ref': PRODUCT, type: 'device', name }] },
      affirmation: affirmation(statement),
    },
    definitions: { standards: [standard(statement)] },
  };
  const log = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    // A document of other content is another document.
    serialNumber: `urn:uuid:${uuidOf('cyclonedx', JSON.stringify(content))}`,
    ...content,
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The provisions below their headings, in Skarp's own words. */
function standard({ edition, headings }: Statement): Json {
  return {
    'bom-ref': STANDARD,
    name: 'TS 103 645 / EN 303 645',
    version: edition,
    description: 'The wording is that of Skarp, not of the standard.',
    owner: 'ETSI',
    requirements: headings.flatMap(({ name, lines }, index) => {
      const heading = `heading:${String(lines[0]?.row.heading ?? index)}`;
      return [
        { 'bom-ref': heading, title: name },
        ...lines.map(({ row, label, status, condition }) => ({
          'bom-ref': refs.requirement(row),
          identifier: label,
          text: row.wording,
          parent: heading,
          properties: propertiesOf({ provision: row.id, status, condition, 'can-show': row.canShow }),
        })),
      ];
    }),
  };
}

/** How far a provision is met, and what says so. */
function answer(line: Line): Json {
  const { row, standing, support, found, risks, declaration } = line;
  const score = SCORES[support];
  return {
    requirement: refs.requirement(row),
    claims: [
      ...(declaration && declaration.declared !== 'not-met' ? [refs.declared(row)] : []),
      ...(row.applies.is === 'no' ? [refs.outside(row)] : []),
      ...(row.evidence.length > 0 ? [refs.shown(row)] : []),
    ],
    counterClaims: [
      ...(declaration?.declared === 'not-met' ? [refs.declared(row)] : []),
      ...(found.length > 0 ? [refs.against(row)] : []),
      ...(risks.length > 0 ? [refs.accepted(row)] : []),
    ],
    conformance: {
      ...(score !== undefined && { score }),
      rationale: `${standing}: ${oneLine(row.applies.because)}`,
      mitigationStrategies: risks.map(({ finding }) => refs.acceptance(finding)),
    },
    confidence: { rationale: CONFIDENCE[row.standing] },
  };
}

/** Nothing is known of what nobody answered, and there is no measure for what does not apply. */
const SCORES: Readonly<Record<Line['support'], number | undefined>> = {
  Y: 1,
  N: 0,
  'N/A': undefined,
  '?': undefined,
};

const CONFIDENCE: Readonly<Record<ChecklistRow['standing'], string>> = {
  supported: 'A control was seen in code, and no finding speaks against it.',
  declared: 'The maker declares it; code does not show it.',
  violated: 'Code speaks against it.',
  contradicted: 'The maker declares it met; code speaks against it.',
  'not-applicable': 'The maker says that it does not apply.',
  open: 'Neither code nor the maker answers it.',
};

const PREDICATES: Readonly<Record<Word, string>> = {
  met: 'is met',
  partly: 'is met in part',
  'not-met': 'is not met',
  'not-applicable': 'does not apply',
};

/** Everything that is said of one provision. */
function claims({ row, label, declaration, found, risks }: Line): Json[] {
  const claim = (ref: string, says: string, reasoning: string, more: Json): Json => ({
    'bom-ref': ref,
    target: PRODUCT,
    predicate: `${label} ${says}`,
    reasoning: oneLine(reasoning),
    ...more,
  });
  const foundRefs = found.map(refs.finding);
  const seenRefs = unique(row.evidence.map(refs.seen));
  const out: Json[] = [];
  if (declaration)
    out.push(
      claim(refs.declared(row), PREDICATES[declaration.declared], declaration.because, {
        evidence: [refs.declaration(row)],
        counterEvidence: foundRefs,
        externalReferences: declaration.evidence.map(({ file, sha256 }) => ({
          type: 'evidence',
          url: fileUri(file),
          comment: 'It was hashed after each CRLF became LF.',
          hashes: [{ alg: 'SHA-256', content: sha256 }],
        })),
      }),
    );
  if (row.applies.is === 'no') out.push(claim(refs.outside(row), 'does not apply', row.applies.because, {}));
  if (seenRefs.length > 0)
    out.push(
      claim(refs.shown(row), 'has a control in code', 'Code shows it where the evidence says.', {
        evidence: seenRefs,
        counterEvidence: foundRefs,
      }),
    );
  if (foundRefs.length > 0)
    out.push(
      claim(refs.against(row), 'is violated in code', 'Code shows it where the evidence says.', {
        evidence: foundRefs,
      }),
    );
  if (risks.length > 0)
    out.push(
      claim(refs.accepted(row), 'has residual risk', 'What was found is accepted, with a reason for each.', {
        evidence: risks.map(({ finding }) => refs.finding(finding)),
        mitigationStrategies: risks.map(({ finding }) => refs.acceptance(finding)),
      }),
    );
  return out;
}

function evidence(statement: Statement): Json[] {
  const { date, risks } = statement;
  const created = instantOf(date);
  const lines = linesOf(statement);
  const seen = lines.flatMap(({ row }) => row.evidence);
  return [
    ...findingsIn(statement).map((finding) => ({
      'bom-ref': refs.finding(finding),
      description: oneLine(`${finding.severity}: ${finding.message}`),
      data: [
        located(finding.rule, finding),
        attached('fingerprint', finding.fingerprint),
        ...finding.cwe.map((cwe) => attached('cwe', `CWE-${String(cwe)}`)),
      ],
      created,
    })),
    ...risks.map(({ finding, reason, until, by }) => ({
      'bom-ref': refs.acceptance(finding),
      description: oneLine(`Accepted as residual risk: ${reason}`),
      data: [attached('reason', reason), ...(until === '' ? [] : [attached('until', until)])],
      created,
      ...(by !== '' && { author: { name: oneLine(by) } }),
    })),
    ...[...new Map(seen.map((each) => [refs.seen(each), each]))].map(([ref, each]) => ({
      'bom-ref': ref,
      description: oneLine(each.shows),
      data: [located(each.rule, each)],
      created,
    })),
    ...lines.flatMap(({ row, declaration }) => (declaration ? [declarationEvidence(row, declaration)] : [])),
  ];
}

/** A declaration as the maker signed it, and the files it rests on. */
function declarationEvidence(row: ChecklistRow, said: Declared): Json {
  const { declared, because, by, on, owner, reviewBy, evidence: files } = said;
  const governance = owner !== undefined && {
    governance: { owners: [{ contact: { name: oneLine(owner) } }] },
  };
  return {
    'bom-ref': refs.declaration(row),
    description: `Declared in ${DECLARATIONS_FILE}: ${declared}`,
    data: [
      { ...attached('because', because), ...governance },
      ...files.map(({ file, sha256 }) => ({
        name: oneLine(`${file} (SHA-256 ${sha256})`),
        contents: { url: fileUri(file) },
        ...governance,
      })),
    ],
    created: instantOf(on),
    ...(reviewBy !== undefined && { expires: instantOf(reviewBy) }),
    author: { name: oneLine(by) },
  };
}

/** Who stands for the declarations. Nothing is signed here: the file they wrote it into is named instead. */
function affirmation(statement: Statement): Json {
  const { draft, product } = statement;
  const names = signers(statement);
  const says =
    names.length === 0
      ? 'Nobody has declared anything.'
      : `The signatories declared in ${DECLARATIONS_FILE} what is claimed of the product.`;
  return {
    statement: `${draft ? DRAFT : ''}${says} What code shows was read by a tool.`,
    signatories: names.map((name) => ({
      name,
      role: 'declarer',
      organization: makerOf(product),
      externalReference: { type: 'attestation', url: DECLARATIONS_FILE },
    })),
  };
}

function makerOf(product: string): Json {
  return { name: oneLine(`The maker of ${product}`) };
}

function signers(statement: Statement): string[] {
  return unique(
    linesOf(statement).flatMap(({ declaration }) => (declaration ? [oneLine(declaration.by)] : [])),
  );
}

/** The place of something in code. */
function located(name: string, at: Parameters<typeof placeOf>[0]): Json {
  return {
    name: oneLine(`${name} ${placeOf(at)}`),
    contents: { url: `${fileUri(at.file)}#L${String(at.range.start.line)}` },
  };
}

function attached(name: string, content: string): Json {
  return { name, contents: { attachment: { contentType: 'text/plain', content: oneLine(content) } } };
}

function propertiesOf(values: Readonly<Record<string, string>>): Json[] {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name: `skarp:${name}`, value: oneLine(value) }));
}

/** Equal code in two files has one fingerprint. */
const placed = ({ fingerprint, file }: ReportFinding): string => `${fingerprint}:${fileUri(file)}`;

/** What each thing is called within the document. */
const refs = {
  requirement: ({ id }: ChecklistRow) => `provision:${id}`,
  declared: ({ id }: ChecklistRow) => `claim:declared:${id}`,
  outside: ({ id }: ChecklistRow) => `claim:outside:${id}`,
  shown: ({ id }: ChecklistRow) => `claim:shown:${id}`,
  against: ({ id }: ChecklistRow) => `claim:against:${id}`,
  accepted: ({ id }: ChecklistRow) => `claim:accepted:${id}`,
  declaration: ({ id }: ChecklistRow) => `declaration:${id}`,
  finding: (finding: ReportFinding) => `finding:${placed(finding)}`,
  acceptance: (finding: ReportFinding) => `acceptance:${placed(finding)}`,
  seen: ({ rule, file, range, shows }: ChecklistRow['evidence'][number]) =>
    `seen:${uuidOf(rule, file, String(range.start.line), String(range.start.column), shows)}`,
};
