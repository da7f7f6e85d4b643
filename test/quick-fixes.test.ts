/**
 * What every quick fix leaves behind, suggestions too: a file that is read whole and that a compiler takes, without the
 * finding, with no new one, and with nothing left to do for a second run.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../server/src/engine/finding.js';
import { compile, errorsAfter, hasCompiler } from './support/c-compiler.js';
import { DEVICES, filesOfDevice } from './support/devices.js';
import { fixAll, lintWith } from './support/examples.js';
import { sessionOver } from './support/memory-host.js';
import { type Applied, type Files, type Fixable, applications, fixables } from './support/quick-fixes.js';
import { complaints } from './support/ts-compiler.js';

/** Names that fixes write and no table has, with the header that declares them. */
const DECLARED_ELSEWHERE = {
  cJSON_ParseWithLength: 'cJSON.h',
  mbedtls_ct_memcmp: 'mbedtls/constant_time.h',
  pdPASS: 'projdefs.h of FreeRTOS',
};

const name = ({ rule, example, fix }: Applied): string =>
  `${rule.id}, bad example ${String(example)}: ${fix.title}`;
const isC = (file: string): boolean => /\.[ch]$/.test(file);
const isScript = (file: string): boolean => /\.[cm]?[jt]sx?$/.test(file);

describe('every quick fix of an example', function () {
  this.timeout(240_000);
  let examples: readonly Fixable[];
  let all: readonly Applied[];
  before(async () => {
    examples = await fixables();
    all = examples.flatMap(applications);
  });

  it('takes its finding away and brings none of any rule, in files that are read whole', async () => {
    const wrong: string[] = [];
    for (const example of examples) {
      const had = await judged(example.files);
      for (const applied of applications(example)) {
        const { counts, unread } = await judged(applied.fixed);
        const { findings } = await lintWith(applied.rule, { ...applied.fixed });
        if (unread.length > 0)
          wrong.push(`${name(applied)} leaves what cannot be read: ${unread.join(', ')}`);
        if (findings.length >= example.findings.length) wrong.push(`${name(applied)} leaves the finding`);
        for (const [rule, count] of counts)
          if (count > of(had.counts, rule)) wrong.push(`${name(applied)} brings ${rule}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('is done at once: a second run changes nothing', async () => {
    const wrong: string[] = [];
    for (const { rule, example, files, findings } of examples) {
      const once = fixAll(files, findings);
      const twice = fixAll(once, (await lintWith(rule, once)).findings);
      if (JSON.stringify(once) === JSON.stringify(files))
        wrong.push(`${rule.id} ${String(example)}: no change`);
      if (JSON.stringify(twice) !== JSON.stringify(once))
        wrong.push(`${rule.id} ${String(example)}: changed again`);
    }
    assert.deepEqual(wrong, []);
  });

  it('is right to TypeScript: no fault of syntax, and no complaint that was not there before', () => {
    const texts = new Map<string, string>();
    const put = (key: string, files: Files): void => {
      for (const [file, text] of Object.entries(files)) if (isScript(file)) texts.set(`${key}/${file}`, text);
    };
    const keys = all.map(
      (applied, index) => [applied, `before/${String(index)}`, `after/${String(index)}`] as const,
    );
    for (const [{ files, fixed }, before, after] of keys) {
      put(before, files);
      put(after, fixed);
    }
    const said = complaints(texts);
    assert.ok(texts.size > 50, 'there are fixes in TypeScript');
    const wrong = keys.flatMap(([applied, before, after]) =>
      Object.keys(applied.fixed)
        .filter(isScript)
        .flatMap((file) => {
          const [old, now] = [said.get(`${before}/${file}`), said.get(`${after}/${file}`)];
          return [...(now?.syntax ?? ['not read']), ...added(now?.meaning ?? [], old?.meaning ?? [])].map(
            (complaint) => `${name(applied)}: ${complaint}`,
          );
        }),
    );
    assert.deepEqual(wrong, []);
  });

  if (hasCompiler)
    it('is right to the C compiler: no error that was not there before', () => {
      const known = knownNames();
      const wrong: string[] = [];
      let compiled = 0;
      for (const example of examples)
        for (const file of Object.keys(example.files).filter((each) => each.endsWith('.c'))) {
          const fixes = applications(example);
          const before = compile(
            whole(example.files, file),
            fixes.map(({ fixed }) => whole(fixed, file)),
          );
          for (const applied of fixes)
            for (const error of added(errorsAfter(before, whole(applied.fixed, file), known), before.errors))
              wrong.push(`${name(applied)}: ${error}`);
          compiled++;
        }
      assert.ok(compiled > 50, 'there are fixes in C');
      assert.deepEqual(wrong, []);
    });
  else
    it('in C is read by the parser only, since there is no gcc on this machine', async () => {
      for (const applied of all.filter(({ finding }) => isC(finding.at.file)))
        assert.deepEqual((await judged(applied.fixed)).unread, [], name(applied));
    });
});

describe('the compilers of this test', () => {
  it('see what a fix must not do in TypeScript', () => {
    const said = complaints(
      new Map([
        ['syntax.ts', "import net from 'node:net'; net.connect({ host: );"],
        ['meaning.ts', "import { randomBytes } from 'node:crypto'; randomByte(4); randomBytes();"],
        ['fine.ts', "import mqtt, { type IClientOptions } from 'mqtt'; mqtt.connect('mqtts://a');"],
      ]),
    );
    assert.equal(said.get('syntax.ts')?.syntax.length, 1);
    assert.equal(said.get('meaning.ts')?.meaning.length, 2);
    assert.deepEqual(said.get('fine.ts'), { syntax: [], meaning: [] });
  });

  if (hasCompiler)
    it('see what a fix must not do in C', () => {
      const before = 'int f(some_t *s) { s->on = 0; FILE *out = fopen(name, "w"); return call(s, MODE_A); }';
      for (const [fixed, error] of [
        [before.replace('0', ''), /expected expression/],
        [before.replace('MODE_A', 'MODE_B'), /'MODE_B' undeclared/],
        [before.replace('call(', 'other('), /implicit declaration of function 'other'/],
        [before.replace('name', 'fileno(stdin)'), /makes pointer from integer/],
      ] as const)
        assert.match(errorsAfter(compile(before, [fixed]), fixed, new Set()).join('\n'), error, fixed);
      const fine = before.replace('MODE_A', 'MODE_B');
      assert.deepEqual(errorsAfter(compile(before, [fine]), fine, new Set(['MODE_B'])), []);
    });
});

for (const device of DEVICES)
  describe(`all quick fixes at once in ${device}`, function () {
    this.timeout(120_000);
    it('bring no finding, leave files that are read whole, and a second run changes nothing', async () => {
      const files = filesOfDevice(device);
      const before = await judged(files);
      const fixed = fixAll(files, before.findings);
      const after = await judged(fixed);
      assert.notDeepEqual(fixed, files);
      assert.deepEqual(after.unread, before.unread);
      for (const [rule, count] of after.counts) assert.ok(count <= of(before.counts, rule), `${rule} is new`);
      assert.deepEqual(fixAll(fixed, after.findings), fixed);
      const said = complaints(new Map(Object.entries(fixed).filter(([file]) => isScript(file))));
      for (const [file, { syntax }] of said) assert.deepEqual(syntax, [], file);
    });
  });

interface Judged {
  readonly findings: readonly Finding[];
  /** How often each rule speaks. */
  readonly counts: ReadonlyMap<string, number>;
  readonly unread: readonly string[];
}

/** What the rules say that are on by default, and what could not be read. */
async function judged(files: Files): Promise<Judged> {
  const { findings, notices } = (await sessionOver({ ...files }, { ruleSet: 'default' })).outcome();
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, of(counts, rule) + 1);
  return { findings, counts, unread: notices.map(({ file, reason }) => `${file}: ${reason}`) };
}

function of(counts: ReadonlyMap<string, number>, rule: string): number {
  return counts.get(rule) ?? 0;
}

/** What is said now and was not, or not as often, before. */
function added(now: readonly string[], old: readonly string[]): string[] {
  const left = [...old];
  return now.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A file of an example with the files that it includes. */
function whole(files: Files, file: string): string {
  return (files[file] ?? '').replace(/^#include "([^"]+)"$/gm, (_, header: string) => {
    const found = Object.keys(files).find((each) => each === header || each.endsWith(`/${header}`));
    return found === undefined ? '' : (files[found] ?? '');
  });
}

/** What fixes may write although the text had it not: the words of our tables for C. */
function knownNames(): ReadonlySet<string> {
  const folder = join(import.meta.dirname, '../rules/apis');
  const tables = readdirSync(folder).map((table) => readFileSync(join(folder, table), 'utf8'));
  return new Set([
    ...Object.keys(DECLARED_ELSEWHERE),
    ...tables.flatMap((table) => [...table.matchAll(/[A-Za-z_]\w+/g)].map(([word]) => word)),
  ]);
}
