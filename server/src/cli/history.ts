/** The git history of a product's `skarp.checklist.yaml`. */
import { catalogue } from '../../../rules/index.js';
import { type Progress, pointOf } from '../assess/progress.js';
import { DECLARATIONS_FILE, LARGEST_DECLARATIONS, readDeclarations } from '../checklist/declarations.js';
import { git } from '../host/node-git.js';

/** Commits that are looked at, the newest ones. */
const MOST = 100;

/** Undefined where git knows no commit of it. `since` is a day. */
export function progressAt(folder: string, since: string | undefined): Progress | undefined {
  const listed = git(folder, [
    'rev-list',
    '--no-commit-header',
    '--format=%H %cI',
    `--max-count=${String(MOST + 1)}`,
    ...(since === undefined ? [] : [`--since=${since}T00:00:00Z`]),
    'HEAD',
    '--',
    DECLARATIONS_FILE,
  ]);
  const commits = (listed?.toString('utf8') ?? '').split('\n').filter((line) => line !== '');
  if (commits.length === 0) return undefined;
  const points = commits.slice(0, MOST).flatMap((line) => {
    const [commit = '', at = ''] = line.split(' ');
    // As it stands in the repository: no filter or converter of the repository's own sees it.
    const blob = git(
      folder,
      ['cat-file', 'blob', `${commit}:./${DECLARATIONS_FILE}`],
      LARGEST_DECLARATIONS * 3,
    );
    if (!blob) return [];
    const read = readDeclarations(DECLARATIONS_FILE, blob.toString('utf8'), catalogue.standard);
    return 'problem' in read ? [] : [pointOf({ commit, at, declarations: read.declarations })];
  });
  return {
    points: points.reverse(),
    unread: Math.min(commits.length, MOST) - points.length,
    hasMore: commits.length > MOST,
  };
}
