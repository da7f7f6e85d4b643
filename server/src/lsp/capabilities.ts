/** What the server offers, by what the client can take. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type FileSystemWatcher,
  type ServerCapabilities,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver';
import { type Abilities, FIX_ALL } from './convert.js';
import type { InitializationOptions } from './protocol.js';

/** What the server has to hear of when it changes on disk; of all else only that it came or went, for folders. */
const WATCHED =
  '**/{*.{c,h,ts,mts,cts,tsx,js,mjs,cjs,jsx,conf,csv,service,env,pem,key,yaml,yml},sdkconfig*,.env*,*.env.*,Dockerfile*,Kconfig*,.npmrc,.gitignore,skarp.json,*.apis.json,package.json,platformio.ini,dependencies.lock}';

export const WATCHERS: FileSystemWatcher[] = [
  { globPattern: WATCHED },
  { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
];

export function abilitiesOf(
  { textDocument, workspace }: ClientCapabilities,
  options: InitializationOptions,
): Abilities {
  const related =
    textDocument?.diagnostic?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation;
  return {
    relatedInformation: related ?? false,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    createFile: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    suppress: options.suppress ?? false,
    checklist: options.checklist ?? false,
  };
}

export function capabilitiesFor({ textDocument }: ClientCapabilities, pull: boolean): ServerCapabilities {
  return {
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    hoverProvider: true,
    ...(textDocument?.codeAction?.codeActionLiteralSupport && {
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    }),
    ...(pull && {
      diagnosticProvider: { identifier: 'skarp', interFileDependencies: true, workspaceDiagnostics: true },
    }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
