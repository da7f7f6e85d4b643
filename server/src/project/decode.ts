/** Bytes of a file to text and back. Old firmware is often Latin-1: it is linted, and written back as it was. */

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

/** A NUL in the first bytes means a binary file. */
const PROBE = 8192;

export function decode(bytes: Uint8Array): Decoded | 'binary' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le', bom: true };
  if (bytes.subarray(0, PROBE).includes(0)) return 'binary';
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', bom };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', bom: false };
  }
}

/** Undefined when the text has a character that the file's encoding cannot write. */
export function encode(text: string, encoding: Encoding, bom: boolean): Uint8Array | undefined {
  if (encoding === 'utf-8') return new TextEncoder().encode((bom ? '\uFEFF' : '') + text);
  if (encoding === 'utf-16le') {
    const bytes = new Uint8Array(2 + text.length * 2);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xfeff, true);
    for (let index = 0; index < text.length; index++)
      view.setUint16(2 + index * 2, text.charCodeAt(index), true);
    return bytes;
  }
  const table = windows1252();
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = table.get(text.charAt(index));
    if (byte === undefined) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

function windows1252(): Map<string, number> {
  const decoder = new TextDecoder('windows-1252');
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}
