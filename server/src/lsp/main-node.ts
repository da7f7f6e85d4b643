/** The server as a process of its own: over stdio, or over the channel that VS Code opens. */
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  createConnection,
} from 'vscode-languageserver/node';
import { ClientHost } from '../host/client.js';
import { NodeHost } from '../host/node.js';
import { historyOf } from '../host/node-history.js';
import { runsInCi } from '../host/node-pipeline.js';
import { WANTED } from '../assess/progress.js';
import { DECLARATIONS_FILE } from '../checklist/declarations.js';
import { grammarsOf } from '../grammars.js';
import { serve } from './server.js';

/** Set by the build. */
declare const SKARP_VERSION: string | undefined;

/** Each holds the grammars: an editor has other things to keep in memory. */
const MOST_THREADS = 4;

/** The grammars lie beside the bundle; while developing, in the folder that the build will fill. */
const here = dirname(fileURLToPath(import.meta.url));
const bundled = typeof SKARP_VERSION === 'string';
const wasmFolder = bundled ? here : join(here, '../../../dist');

/** Serves until the client says `exit` or goes away; then the process ends with the status that LSP asks for. */
export function startLanguageServer(): void {
  const ownChannel = process.argv.some((argument) => /^--(node-ipc|pipe|socket)\b/.test(argument));
  const connection = ownChannel
    ? createConnection(ProposedFeatures.all)
    : createConnection(
        ProposedFeatures.all,
        new StreamMessageReader(process.stdin),
        new StreamMessageWriter(process.stdout),
      );
  // Over stdio nothing but the protocol may reach stdout. No error ends the server.
  const say = (...words: unknown[]): void => {
    process.stderr.write(
      `${words.map((word) => (word instanceof Error ? (word.stack ?? word.message) : String(word))).join(' ')}\n`,
    );
  };
  Object.assign(console, { log: say, info: say, debug: say, warn: say, error: say });
  process.on('uncaughtException', say);
  process.on('unhandledRejection', say);
  const wasm = new NodeHost(here, wasmFolder);
  const grammars = grammarsOf(wasm);
  serve(connection, (options) => ({
    version: bundled ? SKARP_VERSION : 'development',
    grammars,
    // One core stays for the editor.
    jobs: Math.min(availableParallelism() - 1, MOST_THREADS),
    hostFor: (uri) => {
      if (uri.startsWith('file:')) return new NodeHost(fileURLToPath(uri), wasmFolder);
      return options.fs === true ? new ClientHost(connection, uri, (name) => wasm.wasm(name)) : undefined;
    },
    today: () => new Date().toISOString().slice(0, 10),
    breathe: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
    runsInCi: (uri) => uri.startsWith('file:') && runsInCi(fileURLToPath(uri)),
    remembered: (uri) =>
      uri.startsWith('file:') ? historyOf(fileURLToPath(uri), DECLARATIONS_FILE, WANTED) : undefined,
  }));
}
