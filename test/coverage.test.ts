/** Every report says what was read, what was analysed and what was not, and by which macro that could be mended. */
import assert from 'node:assert/strict';
import { catalogue } from '../rules/index.js';
import { lostTo } from '../server/src/report/coverage.js';
import { toJson } from '../server/src/report/json.js';
import type { Report } from '../server/src/report/model.js';
import { toSarif } from '../server/src/report/sarif.js';
import { toText } from '../server/src/report/text.js';
import { sessionOver } from './support/memory-host.js';

/** Nothing reads this, whatever a macro may stand for. */
const BROKEN = 'void broken(void) { int STRANGE_ATTR(8) x = = 3 ]; mbedtls_ssl_conf_authmode(&conf, 0); }\n';

async function reportOf(files: Record<string, string>): Promise<Report> {
  return (await sessionOver(files)).report();
}

const text = (report: Report): string =>
  toText(report, {
    color: false,
    edition: 'v3.1.1',
    headings: catalogue.standard.headings,
    text: () => '',
  });

describe('coverage', () => {
  let report: Report;
  before(async () => {
    report = await reportOf({
      'a.c': `${BROKEN}void f(void) { mbedtls_ssl_conf_authmode(&conf, 1); }\n`,
      'b.c': `#include "used.h"\n${BROKEN}`,
      'used.h': 'void g(void);\n',
      'unused.h': 'void h(void);\n',
      'm.cpp': 'class Motor;\n',
      'm.h': 'class Motor;\n',
      'n.ino': 'void setup() {}\n',
    });
  });

  it('counts C++ sources, sketches and headers as not read', () => {
    assert.deepEqual(report.summary.otherFiles, { 'C++': 3 });
    assert.match(text(report), /^3 files of C\+\+ not read/m);
  });

  it('counts headers that no .c file includes', () => {
    assert.equal(report.summary.headersNotIncluded, 1);
    assert.match(text(report), /^1 header not linted: no \.c file includes them$/m);
  });

  it('says how many functions were seen and analysed', () => {
    const { functions, functionsAnalysed } = report.summary;
    assert.ok(functionsAnalysed >= 1 && functionsAnalysed <= functions);
    const words = `${String(functionsAnalysed)} of ${String(functions)} functions? analysed`;
    assert.match(text(report), new RegExp(words));
  });

  it('says what was not analysed, with the macro that may be why', () => {
    assert.ok(report.notAnalysed.length >= 2);
    for (const { macro, reason } of report.notAnalysed) {
      assert.equal(macro, 'STRANGE_ATTR');
      assert.match(reason, /STRANGE_ATTR/);
    }
  });

  it('tells stretches by macro in text, not by file', () => {
    const lines = text(report)
      .split('\n')
      .filter((line) => line.includes('STRANGE_ATTR'));
    const stretches = String(report.notAnalysed.length);
    assert.deepEqual(lines, [
      `${stretches} stretches in 2 files not analysed because of STRANGE_ATTR: name it under "macros" in skarp.json if it is a macro`,
    ]);
  });

  it('tells the costliest reason first, and whole files not at all', () => {
    const range = (line: number, end: number): Report['notAnalysed'][number]['range'] => ({
      start: { line, column: 1 },
      end: { line: end, column: 1 },
    });
    const lost = lostTo({
      ...report,
      notAnalysed: [
        { file: 'a.c', range: range(1, 2), reason: 'too deep' },
        { file: 'a.c', range: range(3, 4), reason: 'x', macro: 'FOO' },
        { file: 'b.c', range: range(3, 4), reason: 'x', macro: 'FOO' },
        { file: 'c.c', range: range(1, 1), reason: 'it is a binary file' },
      ],
    });
    assert.deepEqual(lost, [
      '2 stretches in 2 files not analysed because of FOO: name it under "macros" in skarp.json if it is a macro',
      '1 stretch in 1 file not analysed: too deep',
    ]);
  });

  it('stands in JSON and in SARIF', () => {
    const json = JSON.parse(toJson(report)) as Report;
    assert.equal(json.notAnalysed[0]?.macro, 'STRANGE_ATTR');
    const log = JSON.parse(toSarif(report, catalogue.rules)) as {
      runs: {
        properties: { coverage: Record<string, unknown> };
        invocations: { toolExecutionNotifications: { message: { text: string }; properties?: object }[] }[];
      }[];
    };
    const [run] = log.runs;
    const { files, filesSkipped, functions, functionsAnalysed } = report.summary;
    assert.deepEqual(run?.properties.coverage, {
      files,
      filesSkipped,
      functions,
      functionsAnalysed,
      headersNotIncluded: 1,
      otherFiles: { 'C++': 3 },
    });
    const notices = run.invocations[0]?.toolExecutionNotifications ?? [];
    assert.equal(notices.length, report.notAnalysed.length);
    assert.match(notices[0]?.message.text ?? '', /^not analysed: .*STRANGE_ATTR/);
    assert.deepEqual(notices[0]?.properties, { macro: 'STRANGE_ATTR' });
  });
});
