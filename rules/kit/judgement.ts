/** Small judgements that several rules share. Pure: strings in, booleans out. */

const SECRET_WORDS = new Set(
  'password passwd passphrase pass pwd psk pin secret token apikey privkey credential credentials'.split(' '),
);
const SECRET_PAIRS = new Set(
  'api key,private key,access key,secret key,shared key,auth key,encryption key,session key,aes key,hmac key,psk key,signing key,link key,network key,access token'.split(
    ',',
  ),
);
/** Words that turn a secret's name into the name of something about it: `password_len`, `tokenType`, `pin_number`. */
const ABOUT =
  'len length size max min count num number idx index type field label title hint prompt file path name id url uri cb callback handler func fn state status valid ok error err set changed required policy screen page form input mode flags gpio'.split(
    ' ',
  );
const ABOUT_WORDS = new Set(ABOUT);

/** True when an identifier's last words name a secret itself (`wifi_password`, `apiKey`), not something about one. */
export function looksSecretName(identifier: string): boolean {
  const words = wordsOf(identifier);
  const last = words.at(-1);
  if (last === undefined || ABOUT_WORDS.has(last)) return false;
  return SECRET_WORDS.has(last) || SECRET_PAIRS.has(`${words.at(-2) ?? ''} ${last}`);
}

/** True when a key under which something is stored or sent names a secret. A pin may be one of a chip, credentials a path. */
export function isSecretKey(key: string): boolean {
  return (
    (looksSecretName(key) || /^((proxy-)?authorization|sid)$/i.test(key)) &&
    !/^(pin|.*credentials)$/i.test(key)
  );
}

/** True for a text that a log-in could be compared with: no placeholder, no word of a form, no beginning of a header. */
export function isFixedPassword(text: string): boolean {
  return (
    text.length >= 3 &&
    !isPlaceholder(text) &&
    !/[\s:]$|^(basic|bearer|digest|password|passwd|pin|token|key|true|false|null|none|undefined)$/i.test(text)
  );
}

/** `wifiPassword`, `WIFI_PASSWORD` and `cfg.wifi_password` are `wifi password`. */
function wordsOf(identifier: string): string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

/** The host of a URL with a scheme, without user info and port; undefined when the text is not such a URL. */
export function hostOf(url: string): string | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(url);
  return match?.[1]?.toLowerCase();
}

/** A host that never leaves the device. Private networks are not local: an attacker may be on them. */
export function isLocalHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '0.0.0.0' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** True for what stands where a value will be put (empty, `xxx`, `<password>`, `${VAR}`), or says that it is none. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  return (
    text === '' ||
    /^(.)\1*$/.test(text) ||
    /^[<{[(].*[>}\])]$/.test(text) ||
    /^\$\{?.*\}?$/.test(text) ||
    /^%[sd]$/.test(text) ||
    // The name of what will stand there: `WIFI_PASSWORD`.
    (/^[A-Z]+(_[A-Z]+)+$/.test(text) && looksSecretName(text)) ||
    /^(your|my|insert|replace|enter|todo|tbd|placeholder|dummy|none|null|undefined|redacted|wrong|invalid)([-_ .]|$)/i.test(
      text,
    ) ||
    /^x{3,}|\.\.\.$/i.test(text)
  );
}
