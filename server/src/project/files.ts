/** What a file is to Skarp, and the walk over a tree. */
import ignore, { type Ignore } from 'ignore';
import type { FileId } from '../../../rules/kit/index.js';
import type { Grammar } from '../engine/grammars.js';
import type { Notice } from '../engine/finding.js';
import type { Host } from '../host/host.js';
import { CONFIG_FILE } from './jsonc.js';
import { isReadAnyway, manifestKind } from './manifests/index.js';
import { nameOf } from '../engine/paths.js';

/** `apis`: a team's own API tables. */
export type FileKind =
  { readonly source: Grammar } | { readonly manifest: string } | 'config' | 'apis' | 'cpp';

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  '.c': 'c',
  '.h': 'c',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'tsx',
  '.js': 'tsx',
  '.mjs': 'tsx',
  '.cjs': 'tsx',
  '.jsx': 'tsx',
};
const CPP = /\.(cpp|cc|cxx|hpp|hh|ino)$/i;

export function kindOf(path: FileId): FileKind | undefined {
  const name = nameOf(path);
  if (name === CONFIG_FILE) return 'config';
  if (name.endsWith('.apis.json')) return 'apis';
  const manifest = manifestKind(path);
  if (manifest !== undefined) return { manifest };
  if (CPP.test(name)) return 'cpp';
  if (/\.min\.[cm]?js$|\.d\.[cm]?ts$/.test(name)) return undefined;
  const grammar = GRAMMARS[name.slice(name.lastIndexOf('.')).toLowerCase()];
  return grammar && { source: grammar };
}

/** Folders that hold other people's code or output. `--include-vendored` walks them too. */
const VENDORED =
  /^(node_modules|managed_components|third[-_]?party|vendor(ed)?|external|externals|deps|bower_components)$/i;
/** Well-known libraries that products carry as copies, in the folders where they keep them. */
const LIBRARY =
  /^(mbedtls|tf-psa-crypto|wolfssl|wolfmqtt|openssl|lwip|freertos(-kernel)?|nimble|mcuboot|esp-idf|zephyr|curl|libwebsockets|mongoose|cjson|micro-ecc|uecc|tinycrypt|libsodium|sqlite3?|zlib|lvgl|nanopb|cmsis.*|stm32\w*_hal_driver)$/i;
const LIBRARY_HOLDER =
  /^(components|libs?|libraries|modules|middlewares|drivers|externals?|submodules|packages|src)$/i;
const OUTPUT =
  /^(\.git|\.hg|\.svn|build.*|cmake-build.*|dist|out|twister-out.*|\.pio|\.venv|venv|__pycache__|coverage|\.cache)$/i;

/** A larger source is generated or hostile. */
export const LARGEST_FILE = 4 * 1024 * 1024;
/** Beyond these a walk stops and says so: somebody opened a home folder. */
const MOST_FILES = 400_000;
const DEEPEST = 64;

export interface Found {
  readonly file: FileId;
  readonly kind: FileKind;
}

export interface WalkOptions {
  readonly vendored: boolean;
  readonly ignored: readonly string[];
}

/** All files below a folder that Skarp reads, in sorted order. What cannot be read becomes a notice. */
export async function walk(
  host: Host,
  from: FileId,
  options: WalkOptions,
): Promise<{ found: Found[]; notices: Notice[] }> {
  const found: Found[] = [];
  const notices: Notice[] = [];
  const own = ignore().add([...options.ignored]);
  const notice = (file: FileId, reason: string): void => {
    notices.push({ file, start: 0, end: 0, reason });
  };
  const visit = async (
    folder: FileId,
    rules: readonly { base: FileId; rules: Ignore }[],
    depth: number,
  ): Promise<void> => {
    let entries;
    try {
      entries = await host.list(folder);
    } catch (error) {
      notice(folder === '' ? '.' : folder, `the folder cannot be read: ${reasonOf(error)}`);
      return;
    }
    const here = [...rules];
    if (entries.some((entry) => entry.name === '.gitignore' && entry.kind === 'file'))
      try {
        const text = new TextDecoder().decode(await host.read(join(folder, '.gitignore')));
        here.push({ base: folder, rules: ignore({ allowRelativePaths: false }).add(text) });
      } catch (error) {
        notice(join(folder, '.gitignore'), `it cannot be read: ${reasonOf(error)}`);
      }
    for (const { name, kind } of entries) {
      const path = join(folder, name);
      if (found.length >= MOST_FILES) return;
      if (kind === 'link') {
        if (kindOf(path) !== undefined || !name.includes('.'))
          notice(path, 'a symbolic link is not followed');
        continue;
      }
      if (kind === 'folder') {
        if (OUTPUT.test(name) || (!options.vendored && isVendored(folder, name))) continue;
        if (ignored(here, own, `${path}/`)) continue;
        if (depth >= DEEPEST) notice(path, `folders deeper than ${String(DEEPEST)} are not read`);
        else await visit(path, here, depth + 1);
        continue;
      }
      if (kind !== 'file') continue;
      const fileKind = kindOf(path);
      if (fileKind === undefined) continue;
      if (isReadAnyway(path) ? own.ignores(path) : ignored(here, own, path)) continue;
      found.push({ file: path, kind: fileKind });
    }
  };
  await visit(from, [], 0);
  if (found.length >= MOST_FILES)
    notice('.', `only the first ${String(MOST_FILES)} files were read: check a smaller folder`);
  found.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { found, notices };
}

/** Whether a walk from the root reads a path of that kind, were it there. */
export async function reaches(
  host: Host,
  path: FileId,
  kind: 'file' | 'folder',
  options: WalkOptions,
): Promise<boolean> {
  const own = ignore().add([...options.ignored]);
  const rules: { base: FileId; rules: Ignore }[] = [];
  const parts = path.split('/');
  let folder = '';
  for (const [index, name] of parts.entries()) {
    const last = index === parts.length - 1;
    const asFolder = !last || kind === 'folder';
    if (asFolder && (OUTPUT.test(name) || (!options.vendored && isVendored(folder, name)))) return false;
    const entries = await host.list(folder).catch(() => []);
    if (entries.some((entry) => entry.name === name && entry.kind === 'link')) return false;
    if (entries.some((entry) => entry.name === '.gitignore' && entry.kind === 'file')) {
      const bytes = await host.read(join(folder, '.gitignore')).catch(() => new Uint8Array());
      rules.push({
        base: folder,
        rules: ignore({ allowRelativePaths: false }).add(new TextDecoder().decode(bytes)),
      });
    }
    folder = join(folder, name);
    const asked = asFolder ? `${folder}/` : folder;
    if (!asFolder && isReadAnyway(path) ? own.ignores(asked) : ignored(rules, own, asked)) return false;
  }
  return parts.length <= DEEPEST;
}

/** A library's name below `components/` means a copy; at the top of the run it is what somebody works on. */
function isVendored(folder: FileId, name: string): boolean {
  const holder = nameOf(folder);
  return VENDORED.test(name) || (LIBRARY.test(name) && LIBRARY_HOLDER.test(holder));
}

function ignored(rules: readonly { base: FileId; rules: Ignore }[], own: Ignore, path: FileId): boolean {
  if (own.ignores(path)) return true;
  let verdict = false;
  for (const { base, rules: each } of rules) {
    const below = base === '' ? path : path.slice(base.length + 1);
    if (below === '') continue;
    const result = each.test(below);
    if (result.ignored) verdict = true;
    if (result.unignored) verdict = false;
  }
  return verdict;
}

export function join(folder: FileId, name: string): FileId {
  return folder === '' ? name : `${folder}/${name}`;
}

export function folderOf(file: FileId): FileId {
  const slash = file.lastIndexOf('/');
  return slash === -1 ? '' : file.slice(0, slash);
}

/** An error of the host in plain words. */
export function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ELOOP') return 'its symbolic links lead in a circle';
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

/** Test and example code is listed apart: a fault there is not in the product. Judged below the root of the run. */
export function materialOf(file: FileId): 'product' | 'test' | 'example' {
  const parts = file.split('/');
  const name = parts.pop() ?? '';
  for (const part of parts) {
    if (
      /^((\w+[-_])?tests?|testing|__tests__|__mocks__|specs?|mocks?|fixtures?|test[-_].*|unittests?|fuzz(ing)?)$/i.test(
        part,
      )
    )
      return 'test';
    if (/^(examples?|samples?|demos?|tutorials?)$/i.test(part)) return 'example';
  }
  if (/(^test[_-].*\.[ch]$)|([_-]tests?\.[ch]$)|(\.(test|spec)\.[cm]?[jt]sx?$)|^sdkconfig\.ci/i.test(name))
    return 'test';
  const isEnvironment = /\.env\b|compose|^dockerfile/i.test(name);
  return isEnvironment && /(^|[._-])(test(ing)?|ci|e2e)([._-]|$)/i.test(name) ? 'test' : 'product';
}
