/**
 * C examples through the C compiler of the machine, with headers made up for what they leave to their framework.
 *
 * Examples name types, fields and functions of libraries that are not here. What the compiler misses in the text as it was
 * is declared, until nothing is missing; the fixed text is compiled with the same header. The C library is the machine's
 * own, with its real prototypes.
 */
import { spawnSync } from 'node:child_process';
import { StubHeader } from './c-stubs.js';

const COMPILER = 'gcc';
const FLAGS = [
  ...['-x', 'c', '-std=gnu11', '-fsyntax-only', '-fmax-errors=0', '-fno-diagnostics-show-caret'],
  ...['-Werror=int-conversion', '-Werror=implicit-function-declaration', '-'],
];
const LIBRARY = [
  'ctype',
  'errno',
  'inttypes',
  'netdb',
  'pwd',
  'signal',
  'stdbool',
  'stddef',
  'stdint',
  'stdio',
]
  .concat(['stdlib', 'string', 'strings', 'syslog', 'time', 'unistd'])
  .concat(['arpa/inet', 'sys/socket', 'sys/stat', 'sys/types'])
  .map((name) => `#include <${name}.h>\n`)
  .join('');

export const hasCompiler: boolean = spawnSync(COMPILER, ['--version']).status === 0;

/** What was made up for an example, and what the compiler goes on to say of it. */
export interface Compiled {
  readonly header: StubHeader;
  readonly errors: readonly string[];
}

/** Compiles the text as it was, and makes up what it needs; how the fixed texts use a name tells too what it is. */
export function compile(text: string, fixed: readonly string[]): Compiled {
  const header = new StubHeader([text, ...fixed].join('\n'));
  for (;;) {
    const errors = errorsOf(header, text);
    if (!errors.map((error) => header.learn(error)).includes(true)) return { header, errors };
  }
}

/** What the compiler says of a fixed text. Of names that are new in it only those `known` are made up. */
export function errorsAfter(before: Compiled, fixed: string, known: ReadonlySet<string>): readonly string[] {
  const header = before.header.copy();
  for (;;) {
    const errors = errorsOf(header, fixed);
    if (!errors.map((error) => header.learn(error, known)).includes(true)) return errors;
  }
}

function errorsOf(header: StubHeader, text: string): string[] {
  const { stderr, error } = spawnSync(COMPILER, FLAGS, {
    input: `${LIBRARY}${header.text()}#line 1 "example.c"\n${text}\n`,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error) throw error;
  return [...stderr.matchAll(/^.*?: error: (.*?)(?: \[-W[^\]]*\])?$/gm)].map(([, message = '']) => message);
}
