/** What the checklist's panel asks of a product, and the texts it wants written. The client writes them. */
import { catalogue } from '../../../rules/index.js';
import type { FileId, Heading } from '../../../rules/kit/index.js';
import { assess } from '../assess/assessment.js';
import { type Remembered, progressOf } from '../assess/progress.js';
import { radar } from '../assess/radar.js';
import { timelineHtml } from '../assess/timeline.js';
import { answer } from '../checklist/answer.js';
import {
  type Answer,
  DECLARATIONS_FILE,
  type Entry,
  type Refusal,
  type SaidInFile,
  isDate,
} from '../checklist/declarations.js';
import { declare, dueOn } from '../checklist/declare.js';
import { EXPORT_FORMATS, type ExportFormat, IXIT_REPORT_FORMATS } from '../checklist/export/formats.js';
import { exported } from '../checklist/export/index.js';
import { missingIn, statementOf } from '../checklist/export/statement.js';
import { FEATURES, missingFor } from '../checklist/features.js';
import type { Checklist } from '../checklist/model.js';
import { provisionsNamed } from '../checklist/provision-names.js';
import { ROLES } from '../checklist/words.js';
import { declarationsIn } from '../declared.js';
import { hashOf } from '../evidence.js';
import type { Host } from '../host/host.js';
import { ConfigError } from '../project/jsonc.js';
import { nameOf } from '../engine/paths.js';
import { withAnswers } from '../project/config-edit.js';
import { ixitIn } from '../proposed.js';
import type { Report } from '../report/model.js';
import type { Session } from '../session.js';
import type {
  AnswerParams,
  AssessmentResult,
  ChecklistResult,
  DeclareParams,
  Edited,
  ExportParams,
  ExportResult,
  ProfileParams,
  ProfileResult,
  RateParams,
} from './protocol.js';
import type { Proposals } from './proposals.js';

/** A folder of the client's as it last came to rest. */
export interface Product {
  readonly uri: string;
  readonly host: Host;
  readonly session: Session;
  readonly report: Report;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly proposals: Proposals;
  /** The path of a URI below the folder. */
  fileOf(uri: string): FileId | undefined;
}

export async function checklistFor(product: Product): Promise<NonNullable<ChecklistResult>> {
  return checklistWith(product, await product.session.declared());
}

function checklistWith(
  { session, report }: Product,
  declared: SaidInFile | Refusal,
): NonNullable<ChecklistResult> {
  if (!('problem' in declared)) return session.checklist('.', report, undefined, declared.declarations);
  return { ...session.checklist('.', report), problem: declared.problem };
}

/** What git says of a product. */
export interface FromGit {
  /** A CI file that is tracked runs `skarp check`. */
  readonly inCi: boolean;
  readonly remembered: Remembered | undefined;
}

export async function assessmentFor(
  product: Product,
  { inCi, remembered }: FromGit,
): Promise<AssessmentResult> {
  const declared = await product.session.declared();
  const list = checklistWith(product, declared);
  const answers = 'problem' in declared ? {} : declared.answers;
  const assessment = assess(list, { inCi, loosened: product.session.loosened() }, answers);
  const progress = remembered && timelineHtml(progressOf(remembered, declarationsIn));
  return {
    assessment,
    radar: radar(assessment.headings, assessment.answers),
    ...(progress !== undefined && { progress }),
  };
}

export function ratedText(product: Product, { text, role, by, levels }: RateParams): Edited {
  if (!ROLES.includes(role)) return { problem: `${role} is no role` };
  if (by.trim() === '') return { problem: 'say who answers' };
  const answers = new Map<Heading, Answer>();
  for (const { heading } of catalogue.standard.headings) {
    const level = levels[String(heading)];
    if (heading !== 0 && level !== undefined) answers.set(heading, { level, by, on: product.today });
  }
  if (answers.size === 0) return { problem: 'answer for one heading at least' };
  return answer(DECLARATIONS_FILE, text, role, answers, catalogue.standard);
}

export async function profileFor(
  { session, proposals: proposed }: Product,
  { look }: ProfileParams,
): Promise<ProfileResult> {
  const { profile } = session;
  const proposals = new Map((await proposed.read(look)).map((each) => [each.feature, each]));
  return FEATURES.map(({ key, question, within }) => {
    const answer = profile[key];
    const proposal = proposals.get(key);
    return {
      key,
      question,
      ...(answer !== undefined && { answer }),
      isOut: within !== undefined && missingFor(within, profile) !== undefined,
      ...(proposal && { proposal }),
    };
  });
}

export async function declaredText(product: Product, params: DeclareParams): Promise<Edited> {
  const { text, declared, because, by, owner, reviewBy } = params;
  const { standard } = catalogue;
  const provision = provisionsNamed(standard, params.provision).find(({ id }) => id === params.provision)?.id;
  if (provision === undefined) return { problem: `${params.provision} is no provision` };
  if (because.trim() === '') return { problem: 'say why it is so' };
  if (by.trim() === '') return { problem: 'say who declares it' };
  if (reviewBy !== '' && !isDate(reviewBy)) return { problem: 'the day of review is written YYYY-MM-DD' };
  const evidence: NonNullable<Entry['evidence']> = [];
  for (const uri of params.evidence) {
    const file = product.fileOf(uri);
    if (file === undefined) return { problem: `${nameOf(uri)} lies outside the folder; copy it there` };
    const hash = await hashOf(product.host, file);
    if ('problem' in hash) return { problem: `${file}: ${hash.problem}` };
    evidence.push({ file, sha256: hash.sha256 });
  }
  const said: Entry = {
    declared,
    because,
    by,
    on: product.today,
    ...(owner.trim() !== '' && { owner }),
    ...(reviewBy !== '' && { 'review-by': reviewBy }),
    ...(evidence.length > 0 && { evidence }),
  };
  const due = dueOn(DECLARATIONS_FILE, text, provision, said, standard);
  if (due !== undefined && due < product.today)
    return { problem: `the review was due on ${due}; say when the next one is` };
  return declare(DECLARATIONS_FILE, text, provision, said, standard);
}

export function answeredText({ text, answers }: AnswerParams): Edited {
  try {
    return { text: withAnswers(text, answers) };
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message };
    throw error;
  }
}

export async function exportFor(product: Product, { format, draft }: ExportParams): Promise<ExportResult> {
  const plain = await checklistFor(product);
  if (plain.problem !== undefined) return { problem: plain.problem };
  const known = EXPORT_FORMATS.find((each) => each === format);
  if (known === undefined && format !== 'json') return { problem: `${format} is no format of the checklist` };
  const missing = draft || known === undefined ? [] : missingIn(plain);
  if (missing.length > 0) return { missing };
  const list = IXIT_REPORT_FORMATS.includes(format)
    ? { ...plain, ixit: await ixitIn(product.host, product.session) }
    : plain;
  if (known === undefined) return { text: `${JSON.stringify(list, undefined, 2)}\n` };
  return { text: textOf(product, list, known, draft) };
}

function textOf(product: Product, list: Checklist, format: ExportFormat, draft: boolean): string {
  const name = product.session.config.name ?? decodeURIComponent(nameOf(product.uri));
  return exported(statementOf(list, product.report, { product: name, date: product.today, draft }), format);
}
