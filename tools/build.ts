/** `npm run build`: bundles the extension, the language server and the command line into `dist/`, with the grammars. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type Plugin, build as bundle } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const modules = join(root, 'node_modules');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

/** zod brings its messages in fifty languages, a third of a bundle. */
const onlyEnglish: Plugin = {
  name: 'only-english',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  plugins: [onlyEnglish],
  target: 'es2022',
  define: { SKARP_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
  legalComments: 'none',
};

/**
 * CommonJS for Node. The ES module of web-tree-sitter looks for Node's `require` by its own URL and finds none in a
 * bundle, so the CommonJS one is taken. With jsonc-parser it is the other way round: its CommonJS hides its parts from a bundler.
 */
const node: BuildOptions = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  alias: {
    'web-tree-sitter': join(modules, 'web-tree-sitter/web-tree-sitter.cjs'),
    'jsonc-parser': join(modules, 'jsonc-parser/lib/esm/main.js'),
  },
  define: { ...common.define, 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
};

const browser: BuildOptions = {
  ...common,
  platform: 'browser',
  conditions: ['browser'],
  define: { ...common.define, 'import.meta.url': '"file:///"' },
  // web-tree-sitter names them behind a test for Node.
  external: ['vscode', 'fs', 'fs/promises', 'module', 'path', 'url', 'node:*'],
};

const started = Date.now();
mkdirSync(dist, { recursive: true });

const server = "import { startLanguageServer } from './server/src/lsp/main-node.js'; startLanguageServer();";
const cli = 'server/src/cli/main.ts';

await Promise.all([
  bundle({ ...node, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.cjs' }),
  bundle({
    ...browser,
    format: 'cjs',
    entryPoints: ['client/src/extension.browser.ts'],
    outfile: 'dist/extension.browser.cjs',
  }),
  bundle({
    ...node,
    stdin: { contents: server, resolveDir: root, loader: 'ts' },
    outfile: 'dist/server.cjs',
  }),
  bundle({
    ...browser,
    format: 'iife',
    entryPoints: ['server/src/lsp/main-browser.ts'],
    outfile: 'dist/server.browser.js',
  }),
  bundle({ ...node, entryPoints: ['server/src/worker.ts'], outfile: 'dist/worker.cjs' }),
  // The pool starts its threads with a file of its own, which it looks for in a folder beside itself.
  bundle({
    ...common,
    platform: 'node',
    format: 'esm',
    entryPoints: [join(modules, 'tinypool/dist/entry/worker.js')],
    outfile: 'dist/entry/worker.js',
  }),
  bundle({
    ...node,
    entryPoints: [cli],
    outfile: 'dist/cli.cjs',
    banner: { js: `#!/usr/bin/env node\n${node.banner?.['js'] ?? ''}` },
  }),
  bundle({
    ...common,
    format: 'iife',
    platform: 'browser',
    entryPoints: ['client/src/panel/checklist.ts'],
    outfile: 'dist/checklist.js',
  }),
]);
chmodSync(join(dist, 'cli.cjs'), 0o755);

for (const name of ['codicon.css', 'codicon.ttf'])
  writeFileSync(join(dist, name), readFileSync(join(modules, '@vscode/codicons/dist', name)));

for (const [name, folder] of [
  ['web-tree-sitter', 'web-tree-sitter'],
  ['tree-sitter-c', 'tree-sitter-c'],
  ['tree-sitter-typescript', 'tree-sitter-typescript'],
  ['tree-sitter-tsx', 'tree-sitter-typescript'],
] as const) {
  const from = join(modules, folder, `${name}.wasm`);
  if (!existsSync(from)) throw new Error(`${from} is missing: npm install`);
  writeFileSync(join(dist, `${name}.wasm`), readFileSync(from));
}

// What a former build left behind would be shipped.
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const found = statSync(join(dist, name));
  if (found.isFile() && found.mtimeMs < started - 1000) rmSync(join(dist, name));
}
