/** Whether the pipeline of a product runs Skarp: a CI file that git tracks says so. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './node-git.js';
import { repositoryOf } from './node-upwards.js';

/** Where the common services look for what to run. */
const CI_FILE =
  /^(\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.gitlab\/ci\/[^/]+\.yml|azure-pipelines\.ya?ml|\.circleci\/config\.yml|bitbucket-pipelines\.yml|\.travis\.yml|\.drone\.yml|\.woodpecker(\.yml|\/[^/]+\.ya?ml)|Jenkinsfile|\.buildkite\/[^/]+\.ya?ml|\.ci\/[^/]+)$/;
const RUNS = /\bskarp(?:@[\w.-]+)?\s+check\b/;
const LARGEST = 1024 * 1024;

export function runsInCi(folder: string): boolean {
  const top = repositoryOf(folder);
  if (top === undefined) return false;
  return tracked(top).some((file) => {
    if (!CI_FILE.test(file)) return false;
    try {
      const path = join(top, file);
      const { size } = statSync(path);
      return size <= LARGEST && RUNS.test(withoutComments(readFileSync(path, 'utf8')));
    } catch {
      // Tracked, and gone from the work tree.
      return false;
    }
  });
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(#|\/\/).*$/gm, '');
}

function tracked(top: string): readonly string[] {
  return git(top, ['ls-files', '-z'])?.toString('utf8').split('\0') ?? [];
}
