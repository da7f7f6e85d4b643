/** ARCHITECTURE.md as a test: who may import whom, and where the outside world may be touched. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Import {
  readonly from: string;
  /** A path of the project, or a package's name as written. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const sources = ['rules', 'server/src', 'client/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => posix.join(folder, path.replaceAll('\\', '/'))),
);
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const imports: Import[] = sources.flatMap((from) =>
  [
    // Examples of rules hold imports too; a rule's own stand above it.
    ...(/^rules\/\d\d-/.test(from)
      ? (textOf(from).split(/^export default/m)[0] ?? '')
      : textOf(from)
    ).matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm,
    ),
  ].map(([, type, named, dynamic, bare]) => {
    const written = named ?? dynamic ?? bare ?? '';
    const to = written.startsWith('.')
      ? posix.join(posix.dirname(from), written).replace(/\.js$/, '.ts')
      : written;
    return { from, to, typeOnly: type !== undefined };
  }),
);

const BELOW_SESSION = 'kit standard engine host project checklist report';

/** Each room and the rooms it may import from beside itself. The first pattern that matches names the room. */
const ROOMS: readonly (readonly [room: string, path: RegExp, mayImport: string])[] = [
  ['kit', /^rules\/kit\//, ''],
  ['standard', /^rules\/standard\//, 'kit'],
  ['catalogue', /^rules\/index\.ts$/, 'kit standard rule'],
  ['rule', /^rules\//, 'kit'],
  ['engine', /^server\/src\/engine\//, 'kit'],
  // The words that server, client and the client's host exchange: no LSP, no disk.
  ['protocol', /^server\/src\/lsp\/(protocol|uris)\.ts$/, 'kit checklist report assess standard'],
  ['host', /^server\/src\/host\//, 'kit protocol'],
  ['project', /^server\/src\/project\//, 'kit engine host'],
  ['checklist', /^server\/src\/checklist\//, 'kit standard engine report'],
  ['assess', /^server\/src\/assess\//, 'kit checklist report'],
  ['report', /^server\/src\/report\//, 'kit standard engine checklist'],
  ['worker', /^server\/src\/worker\.ts$/, 'project'],
  [
    'session',
    /^server\/src\/(session|session-settings|tables|declared|evidence|proposed|grammars|labels)\.ts$/,
    `${BELOW_SESSION} catalogue`,
  ],
  ['lsp', /^server\/src\/lsp\//, `${BELOW_SESSION} assess catalogue session protocol`],
  ['cli', /^server\/src\/cli\//, `${BELOW_SESSION} assess catalogue session protocol lsp`],
  ['client', /^client\/src\//, 'protocol checklist'],
];
const roomOf = (path: string): string | undefined => ROOMS.find(([, pattern]) => pattern.test(path))?.[0];
const isOurs = (path: string): boolean => /^(rules|server|client)\//.test(path);
const say = ({ from, to }: Import): string => `${from} → ${to}`;

describe('the architecture', () => {
  it('lets imports point only towards the kit', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [room, , mayImport] = ROOMS.find(([, pattern]) => pattern.test(from)) ?? ['', /^/, ''];
      const target = roomOf(to) ?? '?';
      return isOurs(to) && !to.endsWith('.json') && target !== room && !mayImport.split(' ').includes(target);
    });
    assert.deepEqual(wrong.map(say), []);
  });

  it('gives each file a room', () => {
    assert.deepEqual(
      sources.filter((file) => roomOf(file) === undefined),
      [],
    );
  });

  for (const [what, which, allowed] of [
    ['LSP', /^vscode-languageserver/, /^server\/src\/lsp\/(?!protocol\.|uris\.)/],
    [
      'Node',
      /^node:/,
      /^server\/src\/(host\/node(-store|-pipeline|-git|-upwards)?\.ts|cli\/.*|lsp\/main-node\.ts|worker\.ts)$/,
    ],
    [
      'tree-sitter',
      /^web-tree-sitter$/,
      /^server\/src\/engine\/(source|grammars|engine|syntax|cfront\/(trees|reparse)|facts\/.*)(\.ts)?$/,
    ],
    ['VS Code', /^vscode$|^vscode-languageclient/, /^client\/src\//],
  ] as const)
    it(`keeps ${what} where it belongs`, () => {
      assert.deepEqual(imports.filter(({ from, to }) => which.test(to) && !allowed.test(from)).map(say), []);
    });

  it('lets the client take only types of the protocol and the checklist from the server', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('client/') &&
        to.startsWith('server/') &&
        !(typeOnly && /^server\/src\/(lsp\/protocol|checklist\/model)\.ts$/.test(to)),
    );
    assert.deepEqual(wrong.map(say), []);
  });

  it('has no utils', () => {
    assert.deepEqual(imports.filter(({ to }) => /(^|\/)utils?(\/|\.|$)/.test(to) && isOurs(to)).map(say), []);
  });

  it('has no rule that imports anything but the kit', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^rules\/\d\d-/.test(from) && !to.startsWith('rules/kit/'),
    );
    assert.deepEqual(wrong.map(say), []);
  });

  it('has no circle of imports in the server', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports)
      if (from.startsWith('server/') && to.startsWith('server/') && !typeOnly)
        next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (way.includes(file) || done.has(file)) return;
      for (const each of next.get(file) ?? []) visit(each, [...way, file]);
      done.add(file);
    };
    for (const file of next.keys()) visit(file, []);
    assert.deepEqual(circles, []);
  });

  it('has no file of more than 400 lines that does not say why it is long in its first comment', () => {
    const long = sources.filter((file) => {
      const text = textOf(file);
      const first = /^(\/\*\*[\s\S]*?\*\/|(\/\/.*\n)+)/.exec(text)?.[0] ?? '';
      return text.split('\n').length > 401 && !/\blong\b|^\/\/ Generated/i.test(first);
    });
    assert.deepEqual(long, []);
  });
});
