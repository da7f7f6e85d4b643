/** The server as the web worker that vscode.dev runs: the built bundle, without Node's modules, files from the client. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FsEntry, FsParams, FsStat } from '../server/src/lsp/protocol.js';

const dist = join(import.meta.dirname, '../dist');

/** What a web worker has and a worker of Node has not; and nothing of what Node has besides. */
const SHIM = `
const { parentPort, workerData } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const vm = require('node:vm');
const scope = { console, performance, setTimeout, clearTimeout, setInterval, clearInterval, MessageChannel, TextEncoder,
  TextDecoder, WebAssembly, URL, atob, btoa, queueMicrotask, crypto: globalThis.crypto, Uint8Array, ArrayBuffer, Error,
  postMessage: (message) => parentPort.postMessage(message),
  addEventListener: () => undefined,
  fetch: async (url) => {
    const bytes = readFileSync(workerData.dist + url.slice('web:'.length));
    return { ok: true, url, arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
  } };
scope.self = scope;
vm.runInNewContext(readFileSync(workerData.dist + '/server.browser.js', 'utf8'), scope);
parentPort.on('message', (data) => scope.onmessage({ data }));
`;

const FILES: Readonly<Record<string, string>> = {
  'main/net.c': 'void f(void) { mbedtls_ssl_conf_authmode(&conf, MBEDTLS_SSL_VERIFY_NONE); }\n',
  'src/broker.ts': "import mqtt from 'mqtt';\nmqtt.connect('mqtt://bröker.example');\n",
};
const ROOT = 'vscode-vfs://github/some/device';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

describe('the language server in a web worker', function () {
  this.timeout(60_000);
  let worker: Worker;

  after(() => worker.terminate());

  it('finds the same there', async () => {
    worker = new Worker(SHIM, { eval: true, workerData: { dist } });
    const pushed = new Map<string, unknown[]>();
    const send = (message: Message): void => {
      worker.postMessage({ jsonrpc: '2.0', ...message });
    };
    const rested = new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', ({ id, method, params }: Message) => {
        if (id === 0 && method === undefined) send({ method: 'initialized', params: {} });
        else if (id !== undefined && method !== undefined)
          send({ id, result: answer(method, params as FsParams) });
        else if (method === 'textDocument/publishDiagnostics') {
          const { uri, diagnostics } = params as { uri: string; diagnostics: { code: string }[] };
          pushed.set(
            uri.slice(ROOT.length + 1),
            diagnostics.map(({ code }) => code),
          );
        } else if (method === 'skarp/status' && !(params as { scanning: boolean }).scanning) resolve();
      });
    });
    send({
      id: 0,
      method: 'initialize',
      params: {
        processId: null,
        rootUri: ROOT,
        capabilities: {},
        initializationOptions: { fs: true, status: true, wasm: 'web:' },
      },
    });
    await rested;
    assert.deepEqual(Object.fromEntries(pushed), {
      'main/net.c': ['tls-verify-off'],
      'src/broker.ts': ['mqtt-cleartext'],
    });
  });
});

/** The client's files. */
function answer(method: string, { uri }: FsParams): FsEntry[] | FsStat | string | null {
  const path = decodeURIComponent(uri).slice(ROOT.length + 1);
  const text = FILES[path];
  if (method === 'skarp/fs/read') return text === undefined ? null : Buffer.from(text).toString('base64');
  if (method === 'skarp/fs/stat')
    return { kind: text === undefined ? 'other' : 'file', size: text?.length ?? 0 };
  if (method !== 'skarp/fs/list') return null;
  const below = Object.keys(FILES).filter((file) => path === '' || file.startsWith(`${path}/`));
  const names = below.map((file) => file.slice(path === '' ? 0 : path.length + 1).split('/'));
  return [...new Map(names.map(([name = '', ...rest]) => [name, rest.length > 0]))].map(
    ([name, isFolder]) => ({
      name,
      kind: isFolder ? 'folder' : 'file',
    }),
  );
}
