/** CycloneDX 1.6 by its published schema, and that what is pointed at exists. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import addFormatsOf from 'ajv-formats';

const addFormats = addFormatsOf as unknown as (ajv: Ajv) => void;

interface Claim {
  readonly 'bom-ref': string;
  readonly predicate: string;
  readonly reasoning: string;
  readonly target: string;
  readonly evidence?: readonly string[];
  readonly counterEvidence?: readonly string[];
  readonly mitigationStrategies?: readonly string[];
  readonly externalReferences?: readonly {
    readonly url: string;
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  }[];
}

export interface Attestation {
  readonly serialNumber: string;
  readonly metadata: {
    readonly timestamp: string;
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  };
  readonly declarations: {
    readonly assessors: readonly { readonly 'bom-ref': string }[];
    readonly attestations: readonly {
      readonly summary: string;
      readonly assessor: string;
      readonly map: readonly {
        readonly requirement: string;
        readonly claims: readonly string[];
        readonly counterClaims: readonly string[];
        readonly conformance: {
          readonly score?: number;
          readonly rationale: string;
          readonly mitigationStrategies: readonly string[];
        };
      }[];
    }[];
    readonly claims: readonly Claim[];
    readonly evidence: readonly {
      readonly 'bom-ref': string;
      readonly description: string;
      readonly author?: { readonly name: string };
    }[];
    readonly targets: { readonly components: readonly { readonly 'bom-ref': string }[] };
    readonly affirmation: {
      readonly statement: string;
      readonly signatories: readonly { readonly name: string }[];
    };
  };
  readonly definitions: {
    readonly standards: readonly {
      readonly version: string;
      readonly requirements: readonly {
        readonly 'bom-ref': string;
        readonly parent?: string;
        readonly identifier?: string;
        readonly text?: string;
      }[];
    }[];
  };
}

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);
const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;

/** A reference: no blanks, no quotes, no brackets, no control characters (RFC 3987). */
const IRI_REFERENCE = /^[^\p{Cc}\p{Z}<>"{}|\\^`]*$/u;

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('iri-reference', IRI_REFERENCE);
ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
for (const name of ['spdx', 'jsf-0.82'])
  ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
const check = ajv.compile(schemaOf('bom-1.6'));

/** Reads a document, or throws with what is wrong with it. */
export function readCycloneDx(text: string): Attestation {
  const raw: unknown = JSON.parse(text);
  if (!check(raw))
    throw new Error(
      (check.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ''}`).join('\n'),
    );
  const document = raw as Attestation;
  const problems = strayRefs(document);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return document;
}

/** References to nothing, and names that two things have. */
function strayRefs({ declarations, definitions }: Attestation): string[] {
  const { claims, evidence, targets, attestations, assessors } = declarations;
  const requirements = definitions.standards.flatMap((each) => each.requirements);
  const names = [...claims, ...evidence, ...targets.components, ...assessors, ...requirements].map(
    (each) => each['bom-ref'],
  );
  const within = (known: readonly { readonly 'bom-ref': string }[], asked: readonly string[]): string[] => {
    const all = new Set(known.map((each) => each['bom-ref']));
    return asked.filter((each) => !all.has(each)).map((each) => `nothing is called ${each}`);
  };
  const maps = attestations.flatMap(({ map }) => map);
  return [
    ...names.filter((each, index) => names.indexOf(each) !== index).map((each) => `two are called ${each}`),
    ...within(
      targets.components,
      claims.map(({ target }) => target),
    ),
    ...within(
      assessors,
      attestations.map(({ assessor }) => assessor),
    ),
    ...within(
      requirements,
      requirements.flatMap(({ parent }) => parent ?? []),
    ),
    ...within(
      requirements,
      maps.map(({ requirement }) => requirement),
    ),
    ...within(
      claims,
      maps.flatMap((each) => [...each.claims, ...each.counterClaims]),
    ),
    ...within(
      evidence,
      maps.flatMap(({ conformance }) => conformance.mitigationStrategies),
    ),
    ...within(
      evidence,
      claims.flatMap((each) => [
        ...(each.evidence ?? []),
        ...(each.counterEvidence ?? []),
        ...(each.mitigationStrategies ?? []),
      ]),
    ),
  ];
}
