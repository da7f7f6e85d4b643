/** What a written secret looks like, beside formats that say so themselves. Pure: strings in, booleans out. */
import { isPlaceholder } from './judgement.js';

/** What menus, forms and examples hold before anybody has chosen a secret. */
const SAMPLES =
  /^(admin|(my|the|a|test|wifi|example|sample|default|some)?[-_ ]?(password|passwd|pass|secret|token|key|psk|ssid|pwd|apikey|api[-_]key)\d{0,3}|change[-_ ]?(me|it|this)?(now)?|example|demo|test(ing)?|guest|user|none|auto|default|true|false|y|n|yes|no|on|off|required|optional|hidden)$/i;
const ADDRESS_OR_FILE =
  /^(\.{0,2}\/|~\/|file:|https?:|wss?:|mqtts?:|\w:\\)|\.(pem|key|der|crt|cer|p12|json|ya?ml|txt|bin|conf|csv|jwk)$/i;
/** Sealed by a tool that opens it on the device, or a reference into a vault. */
const SEALED_OR_ELSEWHERE = /^(encrypted:|ENC\[|\$ANSIBLE_VAULT|op:\/\/|vault:|ref\+|arn:)/;

/** True for text that stands in the place of a secret and may be one: no placeholder, reference, file, address or sample word. */
export function mayBeSecret(value: string): boolean {
  return (
    value.length >= 4 &&
    !isPlaceholder(value) &&
    !SAMPLES.test(value) &&
    !/^[A-Z_]*_(PASSWD|PASSWORD|SECRET|TOKEN|KEY|PSK)$/.test(value) &&
    !ADDRESS_OR_FILE.test(value) &&
    !SEALED_OR_ELSEWHERE.test(value) &&
    !/[\s<>]|\$[({\w]|\{\{|\*{3}|%[(\w]|\.{3}|x{4}|EXAMPLE/i.test(value)
  );
}

/** True for text that nobody thought up: long, of letters and digits, and no words with numbers behind them. */
export function isRandomText(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=.:~!@#^&-]{16,}$/.test(value) || !mayBeSecret(value)) return false;
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const words = value.split(/[-_.:/]/).filter(Boolean);
  if (words.every((word) => /^([A-Za-z]?[a-z]+\d{0,3}|[A-Z]+\d{0,3}|\d{1,4}|v\d+)$/.test(word))) return false;
  if (/0123456789|123456789|abcdef0123|001122|112233|abcdefgh/i.test(value)) return false;
  return bitsOfCharacter(value) >= (/^[0-9a-f]+$/i.test(value) ? 2.8 : 3.4);
}

/** Shannon's measure over the characters of the text. */
function bitsOfCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
