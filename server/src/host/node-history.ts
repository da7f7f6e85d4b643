/** What git remembers of one file. */
import { git } from './node-git.js';

/** The texts of a file as commits left it, the newest first. */
export interface History {
  readonly versions: readonly Version[];
  /** There are older commits that were not looked at. */
  readonly hasMore: boolean;
}

export interface Version {
  readonly commit: string;
  /** `YYYY-MM-DDThh:mm:ss…` */
  readonly at: string;
  /** Undefined where it is gone, too large, or not in this copy of the repository. */
  readonly text: string | undefined;
}

export interface Wanted {
  /** Commits that are looked at, the newest ones. */
  readonly most: number;
  /** Bytes; what is larger is not read. */
  readonly largest: number;
  /** From this day on. */
  readonly since?: string;
}

/** Undefined where git knows no commit of the file in a folder. Asks git three times, however many commits there are. */
export function historyOf(
  folder: string,
  file: string,
  { most, largest, since }: Wanted,
): History | undefined {
  const listed = git(folder, [
    'rev-list',
    '--no-commit-header',
    '--format=%H %cI',
    `--max-count=${String(most + 1)}`,
    ...(since === undefined ? [] : [`--since=${since}T00:00:00Z`]),
    'HEAD',
    '--',
    file,
  ]);
  const commits = (listed?.toString('utf8') ?? '').split('\n').filter((line) => line !== '');
  if (commits.length === 0) return undefined;
  const shown = commits.slice(0, most).map((line) => {
    const [commit = '', at = ''] = line.split(' ');
    return { commit, at };
  });
  const texts = textsOf(
    folder,
    shown.map(({ commit }) => `${commit}:./${file}`),
    largest,
  );
  return {
    versions: shown.map((version, index) => ({ ...version, text: texts[index] })),
    hasMore: commits.length > most,
  };
}

/** As they stand in the repository: no filter or converter of the repository's own sees them. */
function textsOf(folder: string, names: readonly string[], largest: number): (string | undefined)[] {
  const found = batch(folder, '--batch-check', names, LARGEST_LINE * names.length)
    ?.toString('utf8')
    .split('\n');
  const objects = names.map((_, index) => {
    const [, object, size] = /^([0-9a-f]+) blob (\d+)$/.exec(found?.[index] ?? '') ?? [];
    return object !== undefined && Number(size) <= largest ? object : undefined;
  });
  const wanted = [...new Set(objects.flatMap((object) => object ?? []))];
  const bodies = batch(folder, '--batch', wanted, (largest + LARGEST_LINE) * wanted.length);
  const texts = new Map<string, string>();
  for (let from = 0; bodies && from < bodies.length;) {
    const end = bodies.indexOf(NEWLINE, from);
    const [, object, size] = /^([0-9a-f]+) blob (\d+)$/.exec(bodies.toString('latin1', from, end)) ?? [];
    if (object === undefined) break;
    const body = end + 1;
    texts.set(object, bodies.toString('utf8', body, body + Number(size)));
    from = body + Number(size) + 1;
  }
  return objects.map((object) => (object === undefined ? undefined : texts.get(object)));
}

const NEWLINE = 10;
/** A name of an object, its kind and size, or what it was asked by. */
const LARGEST_LINE = 512;

function batch(folder: string, how: string, lines: readonly string[], largest: number): Buffer | undefined {
  return lines.length === 0
    ? undefined
    : git(folder, ['cat-file', how], largest, lines.map((line) => `${line}\n`).join(''));
}
