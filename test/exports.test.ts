/** The statement for programs: OSCAL and CycloneDX, valid by what is published of them, and saying all that is known. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import type { ProvisionId } from '../rules/kit/index.js';
import type { Declarations, Entry } from '../server/src/checklist/declarations.js';
import { exported } from '../server/src/checklist/export/index.js';
import { type Statement, linesOf, statementOf } from '../server/src/checklist/export/statement.js';
import type { Edition } from '../server/src/project/config.js';
import { Folder } from './support/cli.js';
import { type Attestation, readCycloneDx } from './support/cyclonedx.js';
import { DEVICES, deviceSession } from './support/devices.js';
import { type AssessmentResults, readOscal } from './support/oscal.js';

const HOSTILE = 'he said "no"\u0000\u001b[31m\n<script>alert(1)</script> `x` \\ [y](javascript:2) \ud800';
const HASH = 'c'.repeat(64);
const SIGNED = { because: 'it is so', by: 'Ada', on: '2026-01-02' } as const;

/** Everything is met, but for one provision of each other word. */
const DECLARED: Declarations = new Map<ProvisionId, Entry>([
  ...catalogue.standard.provisions.map(({ id }): [ProvisionId, Entry] => [
    id,
    { ...SIGNED, declared: 'met' },
  ]),
  [
    '5.2-1',
    {
      ...SIGNED,
      declared: 'partly',
      because: HOSTILE,
      by: HOSTILE,
      owner: HOSTILE,
      'review-by': '0001-01-01',
      evidence: [{ file: 'docs/a "plan" <1>#.md', sha256: HASH }],
    },
  ],
  ['5.2-2', { ...SIGNED, declared: 'not-applicable', because: 'there is no such thing' }],
  [
    '5.2-3',
    {
      ...SIGNED,
      declared: 'not-met',
      owner: 'PSIRT',
      'review-by': '2027-01-01',
      evidence: [{ file: 'docs/policy.md', sha256: HASH }],
    },
  ],
]);

interface Asked {
  readonly draft?: boolean;
  readonly edition?: Edition;
  readonly declarations?: Declarations;
}

/** A statement of a sample device in which the first finding is accepted, in place of those that its makers accept. */
async function statementFor(device: string, asked: Asked = {}): Promise<Statement> {
  const { draft = false, edition = 'v3.1.1', declarations = DECLARED } = asked;
  const session = await deviceSession(device);
  const plain = session.report();
  const open = plain.findings.filter(({ suppressed }) => !suppressed);
  const first = open.find(({ material, provisions }) => material === 'product' && provisions[0]);
  const findings = open.map((each) =>
    each === first ? { ...each, suppressed: { reason: HOSTILE, until: '2999-12-31', by: 'kim' } } : each,
  );
  const report = { ...plain, findings };
  const list = session.checklist('.', report, edition, declarations);
  return statementOf(list, report, { product: device, date: '2026-01-02', draft });
}

const oscal = (statement: Statement): AssessmentResults => readOscal(exported(statement, 'oscal'));
const cycloneDx = (statement: Statement): Attestation => readCycloneDx(exported(statement, 'cyclonedx'));

function valueOf(props: readonly { name: string; value: string }[] | undefined, name: string): string {
  return props?.find((each) => each.name === name)?.value ?? '';
}

describe('the statement for programs', function () {
  this.timeout(120_000);

  for (const device of DEVICES) {
    describe(`of ${device}`, () => {
      let statement: Statement;
      let results: AssessmentResults;
      let attestation: Attestation;
      before(async () => {
        statement = await statementFor(device);
        results = oscal(statement);
        attestation = cycloneDx(statement);
      });

      it('is valid as a draft, with nothing declared, and in every edition', async () => {
        for (const asked of [
          { draft: true },
          { draft: true, declarations: new Map() },
          { edition: 'v1.1.1' },
          { edition: 'v2.1.1' },
        ] as const) {
          const other = await statementFor(device, asked);
          const rows = linesOf(other).length;
          assert.equal(oscal(other)['local-definitions']['objectives-and-methods'].length, rows);
          assert.equal(cycloneDx(other).declarations.attestations[0]?.map.length, rows);
        }
      });

      it('is byte for byte the same of the same state, and another document of another', async () => {
        const again = await statementFor(device);
        for (const format of ['oscal', 'cyclonedx'] as const)
          assert.equal(exported(again, format), exported(statement, format));
        const changed = await statementFor(device, {
          declarations: new Map(DECLARED).set('6.1', { ...SIGNED, declared: 'partly' }),
        });
        assert.notEqual(oscal(changed).uuid, results.uuid);
        assert.notEqual(cycloneDx(changed).serialNumber, attestation.serialNumber);
        const answers = (all: AssessmentResults): string[] =>
          (all.results[0]?.findings ?? []).map(({ uuid }) => uuid);
        assert.deepEqual(
          answers(oscal(changed)),
          answers(results),
          'what did not change goes by its old name',
        );
      });

      it('answers every provision as the other formats do', () => {
        const lines = linesOf(statement);
        const answers = new Map(
          results.results[0]?.findings?.map(({ target, props }) => [
            valueOf(props, 'provision'),
            target.status.state,
          ]),
        );
        const scores = new Map(
          attestation.declarations.attestations[0]?.map.map((each) => [
            each.requirement.replace('provision:', ''),
            each.conformance.score,
          ]),
        );
        assert.ok(
          lines.some(({ support }) => support === 'Y') && lines.some(({ support }) => support === 'N'),
        );
        for (const { id, support } of lines) {
          assert.equal(
            answers.get(id),
            { Y: 'satisfied', N: 'not-satisfied', 'N/A': undefined, '?': 'not-satisfied' }[support],
            id,
          );
          assert.equal(scores.get(id), { Y: 1, N: 0, 'N/A': undefined, '?': undefined }[support], id);
        }
        const [selection] = results.results[0]?.['reviewed-controls']['control-selections'] ?? [];
        assert.ok(selection?.['exclude-controls']?.some((each) => each['control-id'] === 'p5.2-2'));
      });

      it('has every finding that speaks against a provision, and every control that was seen', () => {
        const { observations = [], risks = [] } = results.results[0] ?? {};
        const known = observations.map(({ props }) => valueOf(props, 'fingerprint'));
        const shown = JSON.stringify(attestation.declarations.evidence);
        const found = linesOf(statement).flatMap((line) => line.found);
        assert.ok(found.length > 0);
        for (const { fingerprint, file, range } of found) {
          assert.ok(known.includes(fingerprint), fingerprint);
          assert.ok(shown.includes(`"finding:${fingerprint}:${file}"`), fingerprint);
          assert.ok(shown.includes(`${file}#L${String(range.start.line)}`), file);
        }
        const seen = linesOf(statement).flatMap(({ row }) => row.evidence);
        assert.ok(seen.length > 0);
        for (const { file, range } of seen) {
          const href = `${file}#L${String(range.start.line)}`;
          assert.ok(
            observations.some((each) => each['relevant-evidence']?.[0]?.href === href),
            href,
          );
          assert.ok(shown.includes(href), href);
        }
        assert.equal(
          risks.filter(({ status }) => status === 'open').length,
          new Set(found.map((each) => `${each.fingerprint} ${each.file}`)).size,
        );
      });

      it('has what was accepted as residual risk, with its reason', () => {
        const accepted = results.results[0]?.risks?.filter(({ status }) => status === 'deviation-approved');
        const [risk, ...more] = accepted ?? [];
        assert.deepEqual(more, []);
        assert.equal(valueOf(risk?.props, 'residual-risk'), 'yes');
        assert.match(valueOf(risk?.props, 'reason'), /^he said "no"/);
        assert.deepEqual([valueOf(risk?.props, 'by'), valueOf(risk?.props, 'until')], ['kim', '2999-12-31']);
        assert.equal(risk?.deadline, '2999-12-31T00:00:00Z');
        const acceptance = attestation.declarations.evidence.filter((each) =>
          each['bom-ref'].startsWith('acceptance:'),
        );
        assert.equal(acceptance.length, 1);
        assert.equal(acceptance[0]?.author?.name, 'kim');
        assert.match(acceptance[0].description, /he said "no"/);
        assert.ok(
          attestation.declarations.attestations[0]?.map.some(({ conformance }) =>
            conformance.mitigationStrategies.includes(acceptance[0]?.['bom-ref'] ?? ''),
          ),
        );
      });

      it('has what is declared: by whom, when, who owns it, until when, and the hashes of its files', () => {
        const declared = results.results[0]?.observations?.find(
          ({ props }) => valueOf(props, 'provision') === '5.2-3',
        );
        assert.deepEqual(
          ['declared', 'by', 'on', 'owner', 'review-by'].map((name) => valueOf(declared?.props, name)),
          ['not-met', 'Ada', '2026-01-02', 'PSIRT', '2027-01-01'],
        );
        assert.equal(declared?.expires, '2027-01-01T00:00:00Z');
        const resource = results['back-matter'].resources.find(
          ({ uuid }) => `#${uuid}` === declared['relevant-evidence']?.[0]?.href,
        );
        assert.deepEqual(resource?.rlinks, [
          { href: 'docs/policy.md', hashes: [{ algorithm: 'SHA-256', value: HASH }] },
        ]);
        const { claims, attestations, affirmation, evidence } = attestation.declarations;
        const claim = claims.find((each) => each['bom-ref'] === 'claim:declared:5.2-3');
        assert.deepEqual([claim?.predicate, claim?.reasoning], ['5.2-3 is not met', 'it is so']);
        assert.deepEqual(claim?.externalReferences?.[0]?.hashes, [{ alg: 'SHA-256', content: HASH }]);
        const answer = attestations[0]?.map.find(({ requirement }) => requirement === 'provision:5.2-3');
        assert.deepEqual([answer?.claims, answer?.counterClaims], [[], ['claim:declared:5.2-3']]);
        assert.ok(affirmation.signatories.some(({ name }) => name === 'Ada'));
        const written = JSON.stringify(evidence.find((each) => each['bom-ref'] === 'declaration:5.2-3'));
        for (const part of ['"2026-01-02T', '"2027-01-01T', '"PSIRT"', '"Ada"', 'docs/policy.md'])
          assert.ok(written.includes(part), part);
      });

      it('lets no text of others act, and loses none of it', () => {
        for (const text of [exported(statement, 'oscal'), exported(statement, 'cyclonedx')]) {
          assert.doesNotMatch(text, /\\u00[01]|\\ud800/i);
          assert.ok(text.includes('docs/a%20%22plan%22%20%3C1%3E%23.md'));
        }
        const declared = results.results[0]?.observations?.find(
          ({ props }) => valueOf(props, 'provision') === '5.2-1',
        );
        assert.match(declared?.description ?? '', /&lt;script&gt;.* \\`x\\` \\\\ \\\[y\\\]/);
        assert.match(valueOf(declared?.props, 'by'), /^he said "no"\uFFFD\uFFFD\[31m <script>/);
      });
    });
  }

  it('keeps every place of what is equal in two files', async () => {
    const [device = ''] = DEVICES;
    const session = await deviceSession(device);
    const plain = session.report();
    const [first] = plain.findings.filter(
      ({ material, provisions }) => material === 'product' && provisions[0],
    );
    assert.ok(first);
    const twin = { ...first, file: 'other/twin.c' as typeof first.file };
    const report = { ...plain, findings: [...plain.findings, twin] };
    const statement = statementOf(session.checklist('.', report, 'v3.1.1', DECLARED), report, {
      product: device,
      date: '2026-01-02',
      draft: false,
    });
    for (const format of ['oscal', 'cyclonedx', 'html', 'markdown', 'csv'] as const) {
      // Markdown escapes what it would read.
      const text = exported(statement, format).replaceAll('\\', '');
      for (const { file } of [first, twin]) assert.ok(text.includes(file), `${format}: ${file}`);
    }
    const risks = oscal(statement).results[0]?.risks ?? [];
    assert.equal(new Set(risks.map(({ uuid }) => uuid)).size, risks.length);
    cycloneDx(statement);
  });

  it('says whether it is a draft, and of which day and edition it is', async () => {
    for (const draft of [true, false]) {
      const statement = await statementFor('gateway-node', { draft, edition: 'v2.1.1' });
      const { metadata, results } = oscal(statement);
      const attestation = cycloneDx(statement);
      assert.equal(valueOf(metadata.props, 'draft'), draft ? 'yes' : 'no');
      assert.equal(metadata.title.startsWith('DRAFT: '), draft);
      assert.equal(results[0]?.remarks?.includes('no statement of conformance') ?? false, draft);
      const { declarations } = attestation;
      assert.equal(valueOf(attestation.metadata.properties, 'skarp:draft'), String(draft));
      for (const text of [declarations.affirmation.statement, declarations.attestations[0]?.summary ?? ''])
        assert.equal(text.startsWith('DRAFT: this is no statement of conformance.'), draft);
      assert.equal(metadata['last-modified'], '2026-01-02T00:00:00Z');
      assert.equal(attestation.metadata.timestamp, '2026-01-02T00:00:00Z');
      assert.equal(valueOf(metadata.props, 'edition'), 'v2.1.1');
      assert.equal(attestation.definitions.standards[0]?.version, 'v2.1.1');
    }
  });

  it('is told apart from a document that is wrong', async () => {
    const statement = await statementFor('gateway-node');
    const [first, second] = [exported(statement, 'oscal'), exported(statement, 'cyclonedx')];
    const spoiled = (text: string, from: string | RegExp, to: string): string => {
      const other = text.replace(from, to);
      assert.notEqual(other, text);
      return other;
    };
    assert.throws(() => readOscal(spoiled(first, '"import-ap"', '"import"')));
    assert.throws(() => readOscal(spoiled(first, /"risk-uuid": "./, '"risk-uuid": "0')));
    assert.throws(() => readOscal(spoiled(first, '"value": "v3.1.1"', '"value": ""')));
    assert.throws(() => readCycloneDx(spoiled(second, '"reasoning"', '"reason"')));
    assert.throws(() => readCycloneDx(spoiled(second, '"target": "product"', '"target": "other"')));
  });
});

describe('skarp checklist --format oscal and cyclonedx', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ 'main/link.c': 'int a;\n' });
  });
  afterEach(() => {
    folder.remove();
  });

  it('is refused while something is not declared, and written as a draft on request', () => {
    for (const [format, read] of [
      ['oscal', readOscal],
      ['cyclonedx', readCycloneDx],
    ] as const) {
      const refused = folder.run(['checklist', '--format', format]);
      assert.deepEqual([refused.status, refused.out], [2, '']);
      assert.match(refused.err, /provisions are not ready to be handed out; .* or export a --draft\n$/);
      const { status, out } = folder.run(['checklist', '--format', format, '--draft']);
      assert.equal(status, 0);
      assert.ok(read(out));
    }
  });

  it('leaves out what skarp.json says the product has not, and says why', () => {
    folder.write('skarp.json', JSON.stringify({ product: { telemetry: false } }));
    const { out } = folder.run(['checklist', '--format', 'oscal', '--draft']);
    const [result] = readOscal(out).results;
    const [selection] = result?.['reviewed-controls']['control-selections'] ?? [];
    assert.ok(selection?.['exclude-controls']?.some((each) => each['control-id'] === 'p5.10-1'));
    const why = /skarp\.json says that this is not so \(telemetry: false\)/;
    const excluded = result?.observations?.find(({ title }) => title === '5.10-1: it does not apply');
    assert.match(excluded?.description ?? '', why);
    const { declarations } = readCycloneDx(folder.run(['checklist', '--format', 'cyclonedx', '--draft']).out);
    const claim = declarations.claims.find((each) => each['bom-ref'] === 'claim:outside:5.10-1');
    assert.equal(claim?.predicate, '5.10-1 does not apply');
    assert.match(claim.reasoning, why);
  });
});
