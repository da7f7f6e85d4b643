/** Progress from a real git history, of a repository that may mean harm. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Declarations } from '../server/src/checklist/declarations.js';
import { type Progress, pointOf } from '../server/src/assess/progress.js';
import { Folder } from './support/cli.js';

const FILE = 'skarp.checklist.yaml';
const entry = (id: string, declared: string, more = ''): string =>
  `  "${id}": { declared: ${declared}, because: so, by: Ada, on: 2026-01-01${more} }\n`;
const yaml = (...entries: readonly string[]): string => `schema: 1\ndeclarations:\n${entries.join('')}`;

describe('a point of progress', () => {
  const overdue = (at: string): number =>
    pointOf({
      commit: 'c',
      at,
      declarations: new Map([
        ['5.2-1', { declared: 'met', 'review-by': '2026-03-01' }],
        ['5.2-2', { declared: 'met' }],
      ]) as unknown as Declarations,
    }).expired;
  it('counts a review as overdue from the day after it was due', () => {
    assert.equal(overdue('2026-03-01T23:59:59Z'), 0);
    assert.equal(overdue('2026-03-02T00:00:00Z'), 1);
  });
});

describe('skarp assess and history', function () {
  this.timeout(120_000);
  let folder: Folder;
  const git = (...args: string[]): Buffer =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args], {
      env: { ...process.env, GIT_COMMITTER_DATE: day === '' ? undefined : `${day}T12:00:00Z` },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  let day = '';
  const commit = (on: string, text: string): void => {
    day = on;
    folder.write(FILE, text);
    git('add', '--force', FILE);
    git('commit', '--quiet', '--message', on);
  };
  const progress = (...args: string[]): Progress | undefined =>
    (
      JSON.parse(folder.run(['assess', '--format', 'json', ...args]).out) as {
        progress?: Progress;
      }
    ).progress;
  beforeEach(() => {
    folder = new Folder({ 'main.c': 'int f(void) { return 1; }\n', 'skarp.json': '{ "product": {} }\n' });
  });
  afterEach(() => {
    folder.remove();
  });

  it('counts what is declared after each commit, oldest first', () => {
    git('init', '--quiet');
    commit('2026-01-05', yaml(entry('5.2-1', 'met')));
    commit('2026-02-05', '<<<<<<< broken\n');
    commit(
      '2026-03-05',
      yaml(
        entry('5.2-1', 'met', ', review-by: 2026-03-04'),
        entry('5.2-2', 'partly'),
        entry('5.2-3', 'not-met'),
      ),
    );
    const all = progress();
    assert.deepEqual(
      all?.points.map((point) => ({ ...point, commit: '' })),
      [
        {
          commit: '',
          at: '2026-01-05T12:00:00+00:00',
          declared: 1,
          met: 1,
          partly: 0,
          notMet: 0,
          notApplicable: 0,
          expired: 0,
        },
        {
          commit: '',
          at: '2026-03-05T12:00:00+00:00',
          declared: 3,
          met: 1,
          partly: 1,
          notMet: 1,
          notApplicable: 0,
          expired: 1,
        },
      ],
    );
    assert.equal(all.unread, 1);
    assert.equal(progress('--since', '2026-03-01')?.points.length, 1);
    const { out } = folder.run(['assess']);
    assert.match(out, /^ {2}2026-03-05 {2}[0-9a-f]{8} +3 +1 +1 +1 +0 +1$/m);
    assert.match(out, /1 could not be read/);
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    );
    const html = folder.run(['assess', '--format', 'html']).out;
    assert.match(
      html,
      /aria-label="From 2026-01-05 to 2026-03-05: declared 1 to 3, met 1 to 1, overdue 0 to 1"/,
    );
    assert.match(html, /<path class="line declared" d="M36,[\d.]+L604,36"\/>/);
  });

  it('says in one line where there is none, and is silent where nothing is declared', () => {
    assert.equal(folder.run(['assess']).err.includes('history'), false);
    folder.write(FILE, yaml(entry('5.2-1', 'met')));
    const { status, err } = folder.run(['assess']);
    assert.equal(status, 0);
    assert.match(err, /^skarp: git has no history of skarp\.checklist\.yaml, .*; commit it$/m);
    assert.match(folder.run(['assess', '--since', 'June']).err, /^skarp: --since June is no date; /);
  });

  it('lets the repository neither run nor fetch anything', () => {
    git('init', '--quiet');
    commit('2026-01-05', yaml(entry('5.2-1', 'met')));
    commit('2026-02-05', yaml(entry('5.2-1', 'partly')));
    const mark = folder.at('ran');
    folder.write('harm.sh', `#!/bin/sh\ntouch '${mark}'\n`);
    const harm = `sh ${folder.at('harm.sh')}`;
    folder.write('.gitattributes', `${FILE} diff=harm filter=harm\n`);
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['core.fsmonitor', harm],
      ['core.pager', harm],
      ['diff.harm.textconv', harm],
      ['filter.harm.smudge', harm],
      ['log.showSignature', 'true'],
      ['gpg.program', folder.at('harm.sh')],
      ['protocol.ext.allow', 'always'],
      ['remote.origin.url', `ext::${harm}`],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.partialCloneFilter', 'blob:none'],
      ['extensions.partialClone', 'origin'],
    ] as const)
      git('config', key, value);
    const blob = git('rev-parse', `HEAD:${FILE}`).toString().trim();
    execFileSync('rm', ['-f', folder.at(`.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`)]);
    const { status, out } = folder.run(['assess']);
    assert.equal(status, 0);
    assert.match(out, /1 could not be read/);
    assert.equal(existsSync(mark), false);
  });
});
