/** The server as a web worker, where VS Code itself runs in a browser. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  ProposedFeatures,
  createConnection,
} from 'vscode-languageserver/browser';
import { ClientHost } from '../host/client.js';
import { grammarsOf } from '../grammars.js';
import { serve } from './server.js';

/** Set by the build. */
declare const SKARP_VERSION: string;
/** The worker's own side of its channel; the worker's types would clash with those of a window. */
declare const self: MessagePort;

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(self),
  new BrowserMessageWriter(self),
);

serve(connection, ({ wasm: folder }) => {
  const wasm = async (name: string): Promise<Uint8Array> => {
    const response = await fetch(`${folder ?? ''}/${name}.wasm`);
    if (!response.ok) throw new Error(`${response.url}: ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return {
    version: SKARP_VERSION,
    grammars: grammarsOf({ wasm }),
    jobs: 1,
    hostFor: (uri) => new ClientHost(connection, uri, wasm),
    today: () => new Date().toISOString().slice(0, 10),
    breathe,
  };
});

/** A timer would be slowed down to 4 ms each; a message is not. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
