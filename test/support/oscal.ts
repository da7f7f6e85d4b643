/**
 * What OSCAL 1.1 asks of assessment results, for the parts that Skarp writes, in our own words: which fields there are,
 * which must be, how they are written, and that what is pointed at exists. It is stricter than the published schema
 * where a part is not written at all, and never laxer. `SKARP_OSCAL_SCHEMA` may name the published schema (assessment
 * results or complete), which is then asked as well.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormatsOf from 'ajv-formats';
import { z } from 'zod';

const addFormats = addFormatsOf as unknown as (ajv: Ajv) => void;

const uuid = z
  .string()
  .regex(/^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$/);
const token = z.string().regex(/^[\p{L}_][\p{L}\p{N}.\-_]*$/u);
const line = z.string().regex(/^\S(.*\S)?$/);
const instant = z.iso.datetime().regex(/^(19|2\d)/);
/** A reference: no blanks, no quotes, no brackets, no control characters (RFC 3986). */
const href = z.string().regex(/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/);
const uri = z.url();
const prose = z.string();
const listOf = <T extends z.ZodType>(of: T) => z.array(of).min(1);

const props = listOf(z.strictObject({ name: token, ns: uri, value: line })).optional();
const component = z.strictObject({
  uuid,
  type: line,
  title: prose,
  description: prose,
  props,
  status: z.strictObject({
    state: z.enum(['under-development', 'operational', 'disposition', 'other']),
    remarks: prose.optional(),
  }),
});
const observation = z.strictObject({
  uuid,
  title: prose.optional(),
  description: prose,
  props,
  methods: listOf(z.enum(['EXAMINE', 'INTERVIEW', 'TEST'])),
  types: listOf(z.enum(['ssp-statement-issue', 'control-objective', 'mitigation', 'finding', 'historic'])),
  origins: listOf(
    z.strictObject({
      actors: listOf(
        z.strictObject({ type: z.enum(['tool', 'party']), 'actor-uuid': uuid, 'role-id': token }),
      ),
    }),
  ),
  subjects: listOf(z.strictObject({ 'subject-uuid': uuid, type: z.literal('component') })),
  'relevant-evidence': listOf(z.strictObject({ href, description: prose })).optional(),
  collected: instant,
  expires: instant.optional(),
});
const risk = z.strictObject({
  uuid,
  title: prose,
  description: prose,
  statement: prose,
  props,
  status: z.enum(['open', 'deviation-approved']),
  deadline: instant.optional(),
  'related-observations': listOf(z.strictObject({ 'observation-uuid': uuid })),
});
const finding = z.strictObject({
  uuid,
  title: prose,
  description: prose,
  props,
  target: z.strictObject({
    type: z.literal('objective-id'),
    'target-id': token,
    status: z.strictObject({
      state: z.enum(['satisfied', 'not-satisfied']),
      reason: z.enum(['pass', 'fail', 'other']),
      remarks: prose,
    }),
    'implementation-status': z.strictObject({ state: z.enum(['implemented', 'partial']) }).optional(),
  }),
  'related-observations': listOf(z.strictObject({ 'observation-uuid': uuid })).optional(),
  'related-risks': listOf(z.strictObject({ 'risk-uuid': uuid })).optional(),
});
const controls = listOf(z.strictObject({ 'control-id': token })).optional();
const objectives = listOf(z.strictObject({ 'objective-id': token })).optional();

const schema = z.strictObject({
  'assessment-results': z.strictObject({
    uuid,
    metadata: z.strictObject({
      title: prose,
      'last-modified': instant,
      version: line,
      'oscal-version': z.literal('1.1.3'),
      props,
      roles: listOf(z.strictObject({ id: token, title: prose })),
      parties: listOf(
        z.strictObject({ uuid, type: z.enum(['person', 'organization']), name: line, remarks: prose }),
      ).optional(),
      remarks: prose,
    }),
    'import-ap': z.strictObject({ href, remarks: prose }),
    'local-definitions': z.strictObject({
      'objectives-and-methods': listOf(
        z.strictObject({
          'control-id': token,
          props,
          parts: listOf(
            z.strictObject({ id: token, name: z.literal('assessment-objective'), ns: uri, prose }),
          ),
        }),
      ),
    }),
    results: listOf(
      z.strictObject({
        uuid,
        title: prose,
        description: prose,
        start: instant,
        end: instant,
        props,
        'local-definitions': z.strictObject({
          components: listOf(component),
          'assessment-assets': z.strictObject({
            components: listOf(component),
            'assessment-platforms': listOf(
              z.strictObject({
                uuid,
                title: prose,
                'uses-components': listOf(z.strictObject({ 'component-uuid': uuid })),
              }),
            ),
          }),
        }),
        'reviewed-controls': z.strictObject({
          'control-selections': listOf(
            z.strictObject({
              description: prose,
              'include-controls': controls,
              'exclude-controls': controls,
            }),
          ),
          'control-objective-selections': listOf(
            z.strictObject({ 'include-objectives': objectives, 'exclude-objectives': objectives }),
          ),
        }),
        observations: listOf(observation).optional(),
        risks: listOf(risk).optional(),
        findings: listOf(finding).optional(),
        remarks: prose.optional(),
      }),
    ),
    'back-matter': z.strictObject({
      resources: listOf(
        z.strictObject({
          uuid,
          title: prose,
          description: prose,
          rlinks: listOf(
            z.strictObject({
              href,
              hashes: listOf(
                z.strictObject({
                  algorithm: z.literal('SHA-256'),
                  value: z.string().regex(/^[0-9a-f]{64}$/),
                }),
              ),
            }),
          ).optional(),
        }),
      ),
    }),
  }),
});

export type AssessmentResults = z.infer<typeof schema>['assessment-results'];

/** Reads a document, or throws with what is wrong with it. */
export function readOscal(text: string): AssessmentResults {
  const raw: unknown = JSON.parse(text);
  const document = schema.parse(raw)['assessment-results'];
  const problems = [...dangling(document), ...twice(document), ...published(raw)];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return document;
}

/** What is pointed at and is not there. */
function dangling(document: AssessmentResults): string[] {
  const result = document.results[0];
  if (!result) return ['no result'];
  const [observations, risks] = [ids(result.observations), ids(result.risks)];
  const resources = ids(document['back-matter'].resources);
  const assets = result['local-definitions'];
  const components = ids([...assets.components, ...assets['assessment-assets'].components]);
  const actors = new Set([...components, ...ids(document.metadata.parties)]);
  const roles = new Set(document.metadata.roles.map(({ id }) => id));
  const objectives = new Set(
    document['local-definitions']['objectives-and-methods'].flatMap(({ parts }) => parts.map(({ id }) => id)),
  );
  const missing = (known: ReadonlySet<string>, asked: readonly string[]): string[] =>
    asked.filter((each) => !known.has(each)).map((each) => `nothing is called ${each}`);
  const local = (result.observations ?? [])
    .flatMap((each) => each['relevant-evidence'] ?? [])
    .map((each) => each.href)
    .filter((each) => each.startsWith('#'));
  const seenBy = (result.observations ?? []).flatMap(({ origins }) =>
    origins.flatMap(({ actors: all }) => all),
  );
  return [
    ...missing(
      resources,
      [...local, document['import-ap'].href].map((each) => each.slice(1)),
    ),
    ...missing(
      actors,
      seenBy.map((each) => each['actor-uuid']),
    ),
    ...missing(
      roles,
      seenBy.map((each) => each['role-id']),
    ),
    ...missing(
      components,
      (result.observations ?? []).flatMap(({ subjects }) => subjects.map((each) => each['subject-uuid'])),
    ),
    ...missing(
      observations,
      [...(result.risks ?? []), ...(result.findings ?? [])].flatMap((each) =>
        (each['related-observations'] ?? []).map((of) => of['observation-uuid']),
      ),
    ),
    ...missing(
      risks,
      (result.findings ?? []).flatMap((each) => (each['related-risks'] ?? []).map((of) => of['risk-uuid'])),
    ),
    ...missing(
      objectives,
      (result.findings ?? []).map(({ target }) => target['target-id']),
    ),
  ];
}

/** UUIDs that two things have. */
function twice(document: AssessmentResults): string[] {
  const all = [...JSON.stringify(document).matchAll(/"uuid":"([^"]+)"/g)].map(([, each = '']) => each);
  return all.filter((each, index) => all.indexOf(each) !== index).map((each) => `two are called ${each}`);
}

function ids(things: readonly { readonly uuid: string }[] = []): Set<string> {
  return new Set(things.map(({ uuid: each }) => each));
}

function published(raw: unknown): string[] {
  const file = process.env['SKARP_OSCAL_SCHEMA'];
  if (file === undefined) return [];
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const check = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return check(raw) ? [] : (check.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ''}`);
}
