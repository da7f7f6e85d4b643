/** The language server from its sources, as a process for tests. */
import { startLanguageServer } from '../../server/src/lsp/main-node.js';

startLanguageServer();
