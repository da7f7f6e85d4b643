/** What config files, headers, packages and names speak for, beside calls: a row where no call has shown it already. */
import data from '../../../../rules/standard/ixit.json' with { type: 'json' };
import { looksSecretName } from '../../../../rules/kit/index.js';
import type { Mention } from '../../engine/mention.js';
import { shown } from '../proposals.js';
import type { IxitItem } from './rows.js';

interface Sign {
  readonly table: number;
  readonly says: string;
  readonly includes?: readonly string[];
  readonly options?: readonly string[];
  readonly packages?: readonly string[];
}

/** `include:esp_wifi.h` → its signs. */
const KNOWN = new Map<string, Sign[]>();
for (const sign of data.mentions as readonly Sign[])
  for (const word of [
    ...(sign.includes ?? []).map((each) => `include:${each}`),
    ...(sign.options ?? []).map((each) => `option:${each}`),
    ...(sign.packages ?? []).map((each) => `package:${each}`),
  ])
    KNOWN.set(word, [...(KNOWN.get(word) ?? []), sign]);

/** The table of security parameters. */
const SECRETS = 10;
/** A macro whose name has one of these words names something in storage. */
const STORAGE = /(^|_)(NVS|STORAGE|STORE|EEPROM|FLASH|SETTINGS)(_|$)/;

/** What lies in storage under such a name is a key, unless it is the public one. */
const A_KEY = /(?<!pub|public)[_-]key$/i;

/** Whether a mention speaks for a row. */
export function speaksForRow(kind: Mention['kind'], text: string): boolean {
  return KNOWN.has(`${kind}:${text}`) || secretOf(kind, text) !== undefined;
}

export function mentionItems(mentions: readonly Mention[]): IxitItem[] {
  return mentions.flatMap(({ kind, text, file, range }): IxitItem[] => {
    const signs = KNOWN.get(`${kind}:${text}`) ?? [];
    const secret = secretOf(kind, text);
    return [
      ...signs.map(({ table, says }) => ({ table, says, name: '', api: shown(text), file, range })),
      ...(secret ? [{ ...secret, table: SECRETS, file, range }] : []),
    ];
  });
}

/** A secret by its name: one that the environment gives, or one that lies in storage. */
function secretOf(kind: Mention['kind'], text: string): Pick<IxitItem, 'name' | 'says' | 'api'> | undefined {
  const [, key = '', name = ''] =
    (kind === 'option' ? /^(env(?:-template)?):(.*)$/ : kind === 'macro' ? /^(\w+)=(.*)$/ : undefined)?.exec(
      text,
    ) ?? [];
  if (kind === 'option' && looksSecretName(name))
    return { name, says: 'a secret that the environment gives', api: 'environment' };
  if (kind === 'macro' && STORAGE.test(key) && (looksSecretName(name) || A_KEY.test(name)))
    return { name, says: 'a secret by its name in storage', api: key };
  return undefined;
}
