/** Values of literals as they stand in code. */

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

/** Contents of a quoted literal of C or JavaScript: prefix and quotes are stripped, escapes are undone. */
export function unquote(text: string): string {
  const open = text.search(/["'`]/);
  const inner = text.slice(open + 1, text.endsWith(text.charAt(open)) ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(\r?\n)|(.))/gs,
    (_, braced?: string, unicode?: string, hex?: string, octal?: string, line?: string, simple?: string) => {
      if (line !== undefined) return '';
      const code = braced ?? unicode ?? hex;
      if (code !== undefined) return codePoint(parseInt(code, 16));
      if (octal !== undefined) return codePoint(parseInt(octal, 8));
      return SIMPLE_ESCAPES[simple ?? ''] ?? simple ?? '';
    },
  );
}

/** Code of a C character literal; undefined where the platform decides: several characters, codes beyond ASCII. */
export function characterValue(text: string): string | undefined {
  if (!text.startsWith("'")) return undefined;
  const code = unquote(text).length === 1 ? unquote(text).charCodeAt(0) : NaN;
  return code < 128 ? String(code) : undefined;
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Decimal text of a number literal of C or JavaScript, also of one with a sign; undefined when it is none. */
export function numberValue(text: string): string | undefined {
  if (/^[+-]/.test(text)) {
    const value = numberValue(text.slice(1).trimStart());
    return value !== undefined && text.startsWith('-') && value !== '0' ? `-${value}` : value;
  }
  const plain = text.replace(/['_]/g, '');
  const whole = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)([uUlLn]*)$/.exec(plain);
  if (whole) {
    let digits = whole[1] ?? '';
    if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`;
    return BigInt(digits).toString();
  }
  const real = /^([0-9.]+(?:[eE][+-]?[0-9]+)?)[fFlL]?$/.exec(plain);
  const value = real ? Number(real[1]) : NaN;
  return Number.isFinite(value) ? String(value) : undefined;
}

/** The decimal text of a number with its sign turned round. */
export function negative(value: string): string {
  return value.startsWith('-') ? value.slice(1) : value === '0' ? value : `-${value}`;
}

/** Source text kept in a fact. */
export function cut(text: string): string {
  return text.length > 200 ? text.slice(0, 200) : text;
}
