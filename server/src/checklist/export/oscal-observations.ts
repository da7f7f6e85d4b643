/** What an OSCAL document of a statement rests on: observations, risks, and the people and files behind them. */
import type { FileId } from '../../../../rules/kit/index.js';
import type { Range, ReportFinding } from '../../report/model.js';
import { fileUri } from '../../report/uri.js';
import { isDate } from '../declarations.js';
import type { ChecklistRow, Declared } from '../model.js';
import { oneLine } from './escaped.js';
import { instantOf } from './identity.js';
import { type Ids, type Json, propsOf, prose, some } from './oscal-parts.js';
import { type Statement, findingsIn, linesOf, placeOf } from './statement.js';

/** Those who declared something. */
export function partiesOf(statement: Statement, ids: Ids): Json[] {
  const names = new Set(
    linesOf(statement).flatMap(({ declaration }) => (declaration ? [declaration.by] : [])),
  );
  return [...names].map((name) => ({
    uuid: ids.party(name),
    type: 'person',
    name: oneLine(name),
    remarks: 'As the declaration names them; it may be a team.',
  }));
}

export function observationsOf(statement: Statement, ids: Ids): Json[] {
  const { date } = statement;
  const lines = linesOf(statement);
  const common = { subjects: [{ 'subject-uuid': ids.product, type: 'component' }] };
  const byTool = { origins: [{ actors: [{ type: 'tool', 'actor-uuid': ids.tool, 'role-id': 'assessor' }] }] };
  const seen = lines.flatMap(({ row }) => row.evidence);
  return [
    ...findingsIn(statement).map((finding) => ({
      uuid: ids.finding(finding),
      title: prose(finding.rule),
      description: prose(finding.message),
      ...propsOf({
        rule: finding.rule,
        severity: finding.severity,
        fingerprint: finding.fingerprint,
        cwe: finding.cwe.join(', '),
        function: finding.function,
        condition: finding.condition,
      }),
      methods: ['EXAMINE'],
      types: ['finding'],
      ...byTool,
      ...common,
      'relevant-evidence': [place(finding)],
      collected: instantOf(date),
    })),
    ...[...new Map(seen.map((each) => [ids.seen(each), each]))].map(([uuid, each]) => ({
      uuid,
      title: 'Control seen in code',
      description: prose(each.shows),
      ...propsOf({ rule: each.rule }),
      methods: ['EXAMINE'],
      types: ['control-objective'],
      ...byTool,
      ...common,
      'relevant-evidence': [place(each)],
      collected: instantOf(date),
    })),
    ...lines.flatMap(({ row, label, declaration }) =>
      declaration ? [{ ...declared(row, label, declaration, ids, date), ...common }] : [],
    ),
    ...lines
      .filter(({ row }) => row.applies.is === 'no')
      .map(({ row, label }) => ({
        uuid: ids.exclusion(row),
        title: `${label}: it does not apply`,
        description: prose(row.applies.because),
        ...propsOf({ provision: row.id, applies: row.applies.is, standing: row.standing }),
        methods: ['EXAMINE'],
        types: ['control-objective'],
        ...byTool,
        ...common,
        collected: instantOf(date),
      })),
  ];
}

function declared(row: ChecklistRow, label: string, said: Declared, ids: Ids, date: string): Json {
  const { because, by, on, owner, reviewBy, expired, evidence } = said;
  return {
    uuid: ids.declaration(row),
    title: `${label}: declared ${said.declared}`,
    description: prose(because),
    ...propsOf({
      provision: row.id,
      declared: said.declared,
      standing: row.standing,
      by,
      on,
      owner,
      'review-by': reviewBy,
      'review-overdue': expired === true ? 'yes' : undefined,
    }),
    methods: ['EXAMINE'],
    types: ['control-objective'],
    origins: [{ actors: [{ type: 'party', 'actor-uuid': ids.party(by), 'role-id': 'declarer' }] }],
    ...some(
      'relevant-evidence',
      evidence.map((each) => ({ href: `#${ids.file(each)}`, description: prose(each.file) })),
    ),
    collected: instantOf(isOscalDay(on) ? on : date),
    ...(reviewBy !== undefined && isOscalDay(reviewBy) && { expires: instantOf(reviewBy) }),
  };
}

/** Open where it counts against a provision; a deviation that somebody approved where it was accepted with a reason. */
export function risksOf(statement: Statement, ids: Ids): Json[] {
  return findingsIn(statement).map((finding) => {
    const { suppressed, rule, message } = finding;
    const until = suppressed?.until;
    return {
      uuid: ids.risk(finding),
      title: prose(rule),
      description: prose(`${message} (${placeOf(finding)})`),
      statement: suppressed
        ? `It is accepted, and remains as residual risk: ${prose(suppressed.reason)}`
        : 'Nobody has accepted it.',
      ...propsOf({
        severity: finding.severity,
        provisions: finding.provisions.join(', '),
        'residual-risk': suppressed ? 'yes' : 'no',
        reason: suppressed?.reason,
        by: suppressed?.by,
        until,
      }),
      status: suppressed ? 'deviation-approved' : 'open',
      ...(until !== undefined && isOscalDay(until) && { deadline: instantOf(until) }),
      'related-observations': [{ 'observation-uuid': ids.finding(finding) }],
    };
  });
}

/** The list of provisions that stands for a plan, and the files that declarations rest on. */
export function resourcesOf(statement: Statement, ids: Ids): Json[] {
  const files = linesOf(statement).flatMap(({ declaration }) => declaration?.evidence ?? []);
  return [
    {
      uuid: ids.plan,
      title: `The provisions of TS 103 645 / EN 303 645, edition ${statement.edition}`,
      description: 'Each is answered by what code shows and by what the maker declares.',
    },
    ...[...new Map(files.map((each) => [ids.file(each), each]))].map(([uuid, { file, sha256 }]) => ({
      uuid,
      title: prose(file),
      description: 'Evidence of a declaration. It was hashed after each CRLF became LF.',
      rlinks: [{ href: fileUri(file), hashes: [{ algorithm: 'SHA-256', value: sha256 }] }],
    })),
  ];
}

function place(at: ReportFinding | { readonly file: FileId; readonly range: Range }): Json {
  return { href: `${fileUri(at.file)}#L${String(at.range.start.line)}`, description: prose(placeOf(at)) };
}

/** OSCAL writes days of these centuries only. */
function isOscalDay(day: string): boolean {
  return /^(?:19|2\d)\d\d-/.test(day) && isDate(day);
}
