/** Files for a server that has no disk of its own, through VS Code's file systems. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { FsEntry, FsKind, FsParams, FsStat } from '../../server/src/lsp/protocol.js';

export function serveFiles(client: BaseLanguageClient): void {
  const { fs } = vscode.workspace;
  const at = ({ uri }: FsParams): vscode.Uri => vscode.Uri.parse(uri, true);
  client.onRequest('skarp/fs/list', async (params: FsParams): Promise<FsEntry[]> => {
    const entries = await fs.readDirectory(at(params));
    return entries.map(([name, type]) => ({ name, kind: kindOf(type) }));
  });
  client.onRequest('skarp/fs/stat', async (params: FsParams): Promise<FsStat> => {
    const { type, size } = await fs.stat(at(params));
    return { kind: kindOf(type), size };
  });
  client.onRequest('skarp/fs/read', async (params: FsParams): Promise<string> =>
    base64(await fs.readFile(at(params))),
  );
}

function kindOf(type: vscode.FileType): FsKind {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link';
  if (type === vscode.FileType.File) return 'file';
  return type === vscode.FileType.Directory ? 'folder' : 'other';
}

/** In pieces, since a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
