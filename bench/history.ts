/** Texts out of a git history: a file before and after a commit, and what lies beside it. */
import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';

/** What may lie beside a file and still be cheap to check with it, in bytes. */
const CHEAP = 600_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;

export class History {
  constructor(private readonly folder: string) {}

  /** The text of a file at a commit. Throws when the history has no such commit or file. */
  text(commit: string, file: string): string {
    return this.git('show', `${commit}:${file}`);
  }

  /**
   * The file with the headers and sources of its own folder, by path: headers first, as many as are cheap. Large folders
   * are cut, so a cross-file fact may be missing there.
   */
  withNeighbours(commit: string, file: string): Record<string, string> {
    const files: Record<string, string> = { [file]: this.text(commit, file) };
    const folder = posix.dirname(file);
    const alike = /\.(c|h)$/.test(file) ? /\.[ch]$/ : /\.[cm]?[jt]sx?$/;
    const beside = this.git('ls-tree', '-l', commit, folder === '.' ? '' : `${folder}/`)
      .split('\n')
      .flatMap((line) => {
        const [, type, size, path] = /^\d+ (\w+) [0-9a-f]+ +(\d+|-)\t(.*)$/.exec(line) ?? [];
        return type === 'blob' && path !== undefined && path !== file && alike.test(path)
          ? [{ path, size: Number(size), header: path.endsWith('.h') }]
          : [];
      })
      .sort((a, b) => Number(b.header) - Number(a.header) || a.size - b.size);
    let left = CHEAP;
    for (const { path, size } of beside) {
      if (size > left) break;
      left -= size;
      files[path] = this.text(commit, path);
    }
    return files;
  }

  /** Where a line of the file before a commit stands after it. */
  after(commit: string, file: string, line: number): number {
    let shift = 0;
    for (const [, from, gone, , come] of this.git('diff', '-U0', `${commit}^`, commit, '--', file).matchAll(
      /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
    )) {
      if (Number(from) >= line) break;
      shift += Number(come ?? '1') - Number(gone ?? '1');
    }
    return line + shift;
  }

  private git(...args: string[]): string {
    return execFileSync('git', ['-C', this.folder, ...args.filter((arg) => arg !== '')], {
      encoding: 'utf8',
      maxBuffer: LARGEST_ANSWER,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }
}
