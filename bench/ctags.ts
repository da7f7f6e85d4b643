/** Functions as universal-ctags counts them: a count that is not ours. */
import { spawnSync } from 'node:child_process';

export interface Tag {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Last line; absent where ctags does not know. */
  readonly end?: number;
}

/** Those of C sources below a root, by file. Without ctags, or where it fails, the process ends. */
export function functionsByCtags(root: string, sources: readonly string[]): Map<string, Tag[]> {
  const options = '--languages=C --kinds-C=f --fields=+ne --output-format=json --sort=no -o - -L -'.split(
    ' ',
  );
  const { error, stdout, stderr, status } = spawnSync('ctags', options, {
    cwd: root,
    input: sources.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (error ?? status !== 0) {
    console.error(`universal-ctags is needed (Debian: apt-get install universal-ctags). ${stderr}`);
    process.exit(2);
  }
  const byFile = new Map<string, Tag[]>();
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const tag = JSON.parse(line) as Tag;
    const same = byFile.get(tag.path);
    if (same) same.push(tag);
    else byFile.set(tag.path, [tag]);
  }
  return byFile;
}
