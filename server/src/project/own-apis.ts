/** API tables of a team: `skarp.apis.json` at the root, and what the root's config names. They count as those that ship. */
import type { FileId, Rule } from '../../../rules/kit/index.js';
import { type ApiTable, apiTable, rolesOf } from '../engine/apis.js';
import type { Host } from '../host/host.js';
import type { Configs } from './config.js';
import { reasonOf } from './files.js';
import { ConfigError, checked, errorAt, parseJsonc, placeOf } from './jsonc.js';

/** The name by which a table is found without being named. */
const OWN = 'skarp.apis.json';
/** A larger table was not written by people. */
const LARGEST = 2 * 1024 * 1024;

/** Throws `ConfigError` with the line of what is wrong. */
export async function ownTables(
  host: Host,
  configs: Configs,
  rules: readonly Rule[],
  exists: (file: FileId) => Promise<boolean>,
): Promise<readonly ApiTable[]> {
  const named = configs.apis;
  const files = (await exists(OWN)) ? [OWN, ...named] : named;
  const tables: ApiTable[] = [];
  for (const file of new Set(files)) tables.push(...parseTables(file, await read(host, file), rules));
  return tables;
}

async function read(host: Host, file: FileId): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await host.read(file);
  } catch (error) {
    throw new ConfigError(file, 0, `${file}: ${reasonOf(error)}`);
  }
  if (bytes.length > LARGEST) throw new ConfigError(file, 0, `${file}: a file of API tables is at most 2 MB`);
  return new TextDecoder().decode(bytes);
}

/** A file holds one table, or a list of them. */
function parseTables(file: FileId, text: string, rules: readonly Rule[]): ApiTable[] {
  const value = parseJsonc(file, text);
  const isList = Array.isArray(value);
  return (isList ? (value as unknown[]) : [value]).map((each, at) => {
    const path = isList ? [at] : [];
    const table = checked(apiTable, each, file, text, path);
    judge(table, rules, (inside, words) => errorAt(file, text, placeOf(text, [...path, ...inside]), words));
    return table;
  });
}

/** A kind or a role that no rule asks for does nothing, and is a slip. */
function judge(
  table: ApiTable,
  rules: readonly Rule[],
  error: (path: readonly string[], words: string) => ConfigError,
): void {
  const { kinds, roles } = asked(rules, table.lang);
  const known = (word: string, all: ReadonlySet<string>, path: readonly string[], what: string): void => {
    if (!all.has(word))
      throw error(path, `no rule knows the ${what} "${word}"; it is one of: ${[...all].sort().join(', ')}`);
  };
  for (const [name, entry] of Object.entries(table.calls)) {
    for (const [word, kind] of Object.entries(entry.source ?? {}))
      known(kind, kinds, ['calls', name, 'source', word], 'kind of source');
    for (const role of rolesOf(entry)) known(role, roles, ['calls', name, 'sink'], 'role');
  }
  for (const [name, entry] of Object.entries(table.types))
    for (const [field, kind] of Object.entries(entry.source ?? {}))
      known(kind, kinds, ['types', name, 'source', field], 'kind of source');
}

function asked(rules: readonly Rule[], lang: 'c' | 'ts'): Record<'kinds' | 'roles', ReadonlySet<string>> {
  const flows = rules.flatMap((rule) => rule[lang]?.flow ?? rule.any?.flow ?? []);
  return {
    kinds: new Set(flows.flatMap(({ from }) => from)),
    roles: new Set(flows.flatMap(({ to }) => to)),
  };
}
