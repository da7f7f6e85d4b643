/** Git as far as Skarp asks it: it only reads, and a repository cannot make it run or fetch anything of its own. */
import { execFileSync } from 'node:child_process';

const SAFE = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'protocol.allow=never',
  '--no-pager',
  '--literal-pathspecs',
];
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** What git answers in a folder, to what it reads if there is something to read; undefined where there is no git, no repository, or nothing to answer. */
export function git(
  folder: string,
  args: readonly string[],
  largest = LARGEST_ANSWER,
  input = '',
): Buffer<ArrayBuffer> | undefined {
  try {
    return execFileSync('git', [...SAFE, '-C', folder, ...args], {
      maxBuffer: largest,
      input,
      stdio: ['pipe', 'pipe', 'ignore'],
      // What a partial clone left out is not fetched, by no protocol that the repository's config may allow.
      env: { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_OPTIONAL_LOCKS: '0' },
    });
  } catch {
    return undefined;
  }
}
