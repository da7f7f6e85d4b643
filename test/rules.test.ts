/** What every rule and every API table must be, and that rules do not disturb each other. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../rules/index.js';
import type { Listeners, Rule } from '../rules/kit/index.js';
import { Apis, apiTable, rolesOf } from '../server/src/engine/apis.js';
import type { Finding } from '../server/src/engine/finding.js';
import { readRefusals, refusals } from '../tools/refused.js';
import { DEVICES, deviceSession } from './support/devices.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../rules');
const tables = catalogue.tables.flatMap((table) => apiTable.safeParse(table).data ?? []);

/** `5: tls-verify-off` for every rule file, by the folder's number. */
const files = readdirSync(folder)
  .filter((name) => /^\d\d-/.test(name))
  .flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file !== 'refused.yaml')
      .map((file) => `${String(Number(name.slice(0, 2)))}: ${file.replace(/\.ts$/, '')}`),
  );

const listenersOf = (rule: Rule): Listeners[] =>
  [rule.any, rule.c, rule.ts].filter((each) => each !== undefined);
/** Rules for which something is wrong, as they are named; what is `owed` is known and only ever gets less. */
const rulesWhere = (wrong: (rule: Rule) => boolean, owed: readonly string[] = []): string[] =>
  catalogue.rules.filter((rule) => wrong(rule) && !owed.includes(rule.id)).map(({ id }) => id);
/** Config is not code: one line says all there is to say. */
const isAboutOptions = (rule: Rule): boolean =>
  listenersOf(rule).every((each) =>
    Object.keys(each).every((kind) => kind === 'option' || kind === 'product'),
  );

describe('every rule', () => {
  it('lies in the folder of its heading, in a file of its name, and is in the catalogue', () => {
    assert.deepEqual(
      catalogue.rules.map(({ heading, id }) => `${String(heading)}: ${id}`).sort(),
      [...files].sort(),
    );
  });

  it('has a kebab-case id that is used once, former ones included', () => {
    const ids = catalogue.rules.flatMap(({ id, formerly }) => [id, ...(formerly ?? [])]);
    assert.deepEqual(
      ids.filter((id) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)),
      [],
    );
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it('has an id without a clause, a language or a maturity', () => {
    assert.deepEqual(
      rulesWhere(({ id }) =>
        /(^|-)(c|ts|js|typescript|javascript|experimental|beta|\d{1,2}-\d)(-|$)/.test(id),
      ),
      [],
    );
  });

  it('names provisions of the standard, one of them under its heading', () => {
    const known = new Map(catalogue.standard.provisions.map(({ id, heading }) => [id, heading]));
    assert.deepEqual(
      rulesWhere(({ provisions }) => provisions.some((id) => !known.has(id))),
      [],
    );
    assert.deepEqual(
      // The one that is owed lies under 7, its provisions under 3 and 6.
      rulesWhere(
        ({ provisions, heading }) => !provisions.some((id) => known.get(id) === heading),
        ['npm-integrity-off'],
      ),
      [],
    );
  });

  it('has a title of at most 60 characters without a full stop', () => {
    assert.deepEqual(
      rulesWhere(({ title }) => title.length > 60 || title.length < 8 || /[.!]$/.test(title)),
      [],
    );
  });

  it('says why, how it is attacked and what to do, in whole sentences', () => {
    assert.deepEqual(
      rulesWhere(
        ({ why, attack, instead }) => ![why, attack, instead].every((text) => /^\S[\s\S]*[.?)]$/.test(text)),
      ),
      [],
    );
    assert.deepEqual(
      rulesWhere(({ why }) => why.length < 30 || why.length > 400),
      [],
    );
    assert.deepEqual(
      rulesWhere(({ attack }) => attack.length < 80 || attack.length > 700),
      [],
    );
    assert.deepEqual(
      rulesWhere(({ instead }) => instead.length < 30 || instead.length > 700),
      [],
    );
  });

  it('names its weakness in the CWE list', () => {
    assert.deepEqual(
      rulesWhere(({ cwe }) => cwe.length === 0 || new Set(cwe).size !== cwe.length),
      [],
    );
  });

  it('shows two bad and two good examples; one bad one is enough for a line of config', () => {
    assert.deepEqual(
      rulesWhere((rule) => rule.bad.length < (isAboutOptions(rule) ? 1 : 2) || rule.good.length < 2),
      [],
    );
  });

  it('listens to something', () => {
    assert.deepEqual(
      rulesWhere((rule) => listenersOf(rule).every((each) => Object.keys(each).length === 0)),
      [],
    );
  });

  it('starts a shape of its own at a rare kind of node, and says which words it needs', () => {
    const common =
      /^\s*\(\s*(_|call_expression|identifier|member_expression|expression_statement|declaration|string|number)\b/;
    const broad = (rule: Rule): boolean =>
      listenersOf(rule).some(({ shape }) =>
        shape?.some(({ pattern, needs }) => common.test(pattern) || needs.length === 0),
      );
    // It starts at every call of the file.
    assert.deepEqual(rulesWhere(broad, ['mqtt-data-not-terminated']), []);
  });

  it('shows the check that keeps it silent, where it follows flow', () => {
    const isGuarded = ({ good }: Rule): boolean =>
      good.some((example) => JSON.stringify(example).includes('«guard: '));
    assert.deepEqual(
      rulesWhere((rule) => listenersOf(rule).some(({ flow, state }) => flow ?? state) && !isGuarded(rule)),
      [],
    );
  });

  it('looks for secrets by words that are part of their format', () => {
    assert.deepEqual(
      rulesWhere((rule) =>
        listenersOf(rule).some(({ literal }) =>
          literal?.some(({ needs }) => needs.length === 0 || needs.some((each) => each.length < 3)),
        ),
      ),
      [],
    );
  });
});

describe('what is refused', () => {
  const one = {
    idea: 'PW99',
    weakness: 'A name that sounds like a password',
    reason: 'A name alone proves nothing.',
  };

  it('is read from every folder that has some, and stands in the table of rules', () => {
    const page = readFileSync(join(folder, 'README.md'), 'utf8');
    const missing = [...readRefusals(folder).values()]
      .flat()
      .filter(({ idea }) => !new RegExp(`^\\| ${idea} +\\|`, 'm').test(page));
    assert.deepEqual(missing, []);
  });

  it('is an idea of one heading only', () => {
    const ideas = [...readRefusals(folder).values()].flat().map(({ idea }) => idea);
    assert.deepEqual(
      ideas.filter((idea, index) => ideas.indexOf(idea) !== index),
      [],
    );
  });

  it('has an idea, a weakness and a reason, in order and nothing else', () => {
    assert.ok(refusals.safeParse([one]).success);
    const wrong: readonly [string, unknown[]][] = [
      ['no reason', [{ ...one, reason: '' }]],
      ['a reason that says nothing', [{ ...one, reason: 'No.' }]],
      ['an unknown key', [{ ...one, since: '1.0' }]],
      ['no idea', [{ weakness: one.weakness, reason: one.reason }]],
      ['an idea twice', [one, one]],
      ['no order', [one, { ...one, idea: 'PW98' }]],
      ['a weakness over several lines', [{ ...one, weakness: 'one line\nand another one' }]],
    ];
    assert.deepEqual(
      wrong.filter(([, list]) => refusals.safeParse(list).success).map(([what]) => what),
      [],
    );
  });
});

describe('every API table', () => {
  for (const table of catalogue.tables)
    it(`holds to the schema: ${(table as { framework: string }).framework}`, () => {
      assert.equal(apiTable.safeParse(table).error, undefined);
    });

  it('names each framework once', () => {
    const names = tables.map(({ framework, lang }) => `${framework} ${lang}`);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('says of every value what it means once', () => {
    const twice: string[] = [];
    for (const { where, values } of settings()) {
      const all = Object.values(values ?? {}).flat();
      for (const value of new Set(all))
        if (all.indexOf(value) !== all.lastIndexOf(value)) twice.push(`${where}: ${value}`);
    }
    assert.deepEqual(twice, []);
  });
});

interface Place {
  readonly where: string;
  readonly role: string;
  readonly values: Readonly<Record<string, readonly string[]>> | undefined;
}

function settings(): Place[] {
  return tables.flatMap(({ framework, calls, types }) => [
    ...Object.entries(calls).flatMap(([name, entry]) =>
      (entry.settings ?? []).map(({ role, values }) => ({ where: `${framework} ${name}`, role, values })),
    ),
    ...Object.entries(types).flatMap(([type, entry]) =>
      Object.entries(entry.settings ?? {}).map(([field, { role, values }]) => ({
        where: `${framework} ${type}.${field}`,
        role,
        values,
      })),
    ),
  ]);
}

/** Roles that tables give and no rule asks for yet; only ever gets shorter. */
const UNHEARD = [
  'cookie.same-site',
  'mqtt.authorize',
  'process.shell',
  'provisioning.pop',
  'tls.verify-client',
];

/** Roles that no call is needed for. */
const OF_THE_LANGUAGE = [
  'an index',
  'a source length',
  'a difference',
  'an unbounded copy',
  'a loop bound',
  'pointer arithmetic',
  'a nested key',
];
/** Kinds that no table gives: what is written in the code, and what callers outside of the product hand over. */
const OF_THE_ENGINE = ['a constant', 'a caller', 'an offered password', 'a text in the source'];

describe('rules and tables', () => {
  const given = new Set(settings().map(({ role }) => role));
  const heard = new Set(
    catalogue.rules.flatMap((rule) => listenersOf(rule).flatMap((each) => Object.keys(each.setting ?? {}))),
  );
  const kinds = new Set(tables.flatMap(({ types }) => Object.values(types).map(({ kind }) => kind)));
  /** A rule may also ask a thing for its setting: then the role stands in its text. */
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\d\d-.*\.ts$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  it('meet: every role that a rule listens to is given by a table', () => {
    assert.deepEqual([...heard].filter((role) => !given.has(role)).sort(), []);
  });

  it('meet: every role that a table gives is asked for by a rule', () => {
    const asked = (role: string): boolean =>
      heard.has(role) || texts.some((text) => text.includes(`'${role}'`));
    assert.deepEqual([...given].filter((role) => !asked(role) && !UNHEARD.includes(role)).sort(), []);
  });

  it('meet: every kind of source and role of a sink that a flow rule names is given by a table or by the language', () => {
    const flows = catalogue.rules.flatMap((rule) => listenersOf(rule).flatMap(({ flow }) => flow ?? []));
    const sources = new Set(
      tables.flatMap(({ calls, types, values, entries }) => [
        ...Object.values(calls).flatMap(({ source }) => Object.values(source ?? {})),
        ...Object.values(types).flatMap(({ source }) => Object.values(source ?? {})),
        ...Object.values(values).flatMap(({ source }) => source ?? []),
        ...Object.values(entries).flatMap((params) => Object.values(params)),
      ]),
    );
    const languages = (['c', 'ts'] as const).flatMap((lang) => [...new Apis(tables, lang).entries()]);
    const roles = new Set(languages.flatMap(([, entry]) => rolesOf(entry)));
    assert.deepEqual(
      flows.flatMap(({ from }) => from).filter((kind) => !sources.has(kind) && !OF_THE_ENGINE.includes(kind)),
      [],
    );
    assert.deepEqual(
      flows.flatMap(({ to }) => to).filter((role) => !roles.has(role) && !OF_THE_LANGUAGE.includes(role)),
      [],
    );
  });

  it('meet: every kind of thing that a rule listens to is given by a table', () => {
    const wanted = catalogue.rules.flatMap((rule) =>
      listenersOf(rule).flatMap((each) => Object.keys(each.thing ?? {})),
    );
    assert.deepEqual(
      [...new Set(wanted)].filter((name) => /^[a-z]+(-[a-z]+)+$/.test(name) && !kinds.has(name)).sort(),
      [],
    );
  });
});

/** A finding as one line, so that two lists can be compared. */
const line = ({ rule, at, message, severity, fingerprint }: Finding): string =>
  `${at.file}:${String(at.start)}-${String(at.end)} ${rule} ${severity} ${fingerprint} ${message}`;

describe('on the sample devices', function () {
  this.timeout(300_000);
  for (const device of DEVICES) {
    it(`all rules at once find what each finds alone: ${device}`, async () => {
      const together = (await deviceSession(device, { ruleSet: 'audit' })).outcome();
      const alone: string[] = [];
      for (const { id } of catalogue.rules)
        alone.push(
          ...(await deviceSession(device, { rules: [id], ruleSet: 'audit' })).outcome().findings.map(line),
        );
      const ofRules = together.findings.filter(({ rule }) => !rule.startsWith('suppression-'));
      assert.deepEqual(ofRules.map(line).sort(), alone.sort());
    });

    it(`the prefilter changes no finding: ${device}`, async () => {
      const [filtered, whole] = await Promise.all(
        [true, false].map(async (prefilter) => {
          const { findings, evidence } = (
            await deviceSession(device, { ruleSet: 'audit', prefilter })
          ).outcome();
          return [
            ...findings.map(line),
            ...evidence.map(({ at, shows }) => `${at.file}:${String(at.start)} ${shows}`),
          ];
        }),
      );
      assert.ok(filtered && filtered.length > 0);
      assert.deepEqual(filtered, whole);
    });

    it(`no rule fails: ${device}`, async () => {
      const { notices } = (await deviceSession(device, { ruleSet: 'audit' })).outcome();
      assert.deepEqual(
        notices.filter(({ reason }) => reason.startsWith('rule ')),
        [],
      );
    });
  }
});
