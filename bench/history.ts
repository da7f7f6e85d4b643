/** Texts out of a git history: a file before and after a commit, and what lies beside it. */
import { execFileSync } from 'node:child_process';
import { posix } from 'node:path';

/** What may lie beside a file and still be cheap to check with it, in bytes; and as much again of what it includes or imports. */
const CHEAP = 600_000;
const LARGEST_ANSWER = 64 * 1024 * 1024;

export class History {
  private readonly trees = new Map<string, readonly Blob[]>();

  constructor(private readonly folder: string) {}

  /** The text of a file at a commit. Throws when the history has no such commit or file. */
  text(commit: string, file: string): string {
    return this.git('show', `${commit}:${file}`);
  }

  /**
   * The file with the headers and sources of its own folder, by path: headers first, as many as are cheap; then what it
   * includes or imports from elsewhere in the tree. What is cut may miss a fact that crosses files.
   */
  withNeighbours(commit: string, file: string): Record<string, string> {
    const files: Record<string, string> = { [file]: this.text(commit, file) };
    const alike = /\.(c|h)$/.test(file) ? /\.[ch]$/ : /\.[cm]?[jt]sx?$/;
    const tree = this.tree(commit).filter(({ path }) => alike.test(path));
    const folder = posix.dirname(file);
    const beside = tree
      .filter(({ path }) => path !== file && posix.dirname(path) === folder)
      .sort((a, b) => Number(isHeader(b)) - Number(isHeader(a)) || a.size - b.size);
    let left = CHEAP;
    for (const { path, size } of beside) {
      if (size > left) break;
      left -= size;
      files[path] = this.text(commit, path);
    }
    this.addReached(commit, file, tree, files);
    return files;
  }

  /** What a file includes or imports, and what that does, nearest first. */
  private addReached(
    commit: string,
    file: string,
    tree: readonly Blob[],
    files: Record<string, string>,
  ): void {
    const reached = [file];
    let left = CHEAP;
    for (const from of reached)
      for (const path of reachedBy(from, files[from] ?? '', tree)) {
        const size = tree.find((blob) => blob.path === path)?.size ?? Infinity;
        if (reached.includes(path)) continue;
        if (files[path] === undefined) {
          if (size > left) continue;
          left -= size;
          files[path] = this.text(commit, path);
        }
        reached.push(path);
      }
  }

  private tree(commit: string): readonly Blob[] {
    const known = this.trees.get(commit);
    if (known) return known;
    const tree = this.git('ls-tree', '-r', '-l', commit)
      .split('\n')
      .flatMap((line) => {
        const [, type, size, path] = /^\d+ (\w+) [0-9a-f]+ +(\d+|-)\t(.*)$/.exec(line) ?? [];
        return type === 'blob' && path !== undefined ? [{ path, size: Number(size) }] : [];
      });
    this.trees.set(commit, tree);
    return tree;
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

interface Blob {
  readonly path: string;
  readonly size: number;
}

function isHeader({ path }: Blob): boolean {
  return path.endsWith('.h');
}

/** Headers are where a path ends as the `#include` says, the nearest; modules where the import says. */
function reachedBy(from: string, text: string, tree: readonly Blob[]): string[] {
  const folder = posix.dirname(from);
  if (/\.[ch]$/.test(from))
    return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm)].flatMap(([, name = '']) => {
      const found = tree.filter(({ path }) => path === name || path.endsWith(`/${name}`));
      const [nearest] = found.sort((a, b) => inCommon(b.path, from) - inCommon(a.path, from));
      return nearest ? [nearest.path] : [];
    });
  const paths = new Set(tree.map(({ path }) => path));
  return [...text.matchAll(/\b(?:from|require\()\s*['"](\.[^'"\n]+)['"]/g)].flatMap(([, name = '']) => {
    const path = posix.join(folder, name);
    const stem = path.replace(/\.[cm]?js$/, '');
    const candidates = ['', '.ts', '.js', '/index.ts', '/index.js'].map((ending) => stem + ending);
    return [path, ...candidates].filter((each) => paths.has(each)).slice(0, 1);
  });
}

/** Letters that two paths begin with alike. */
function inCommon(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
