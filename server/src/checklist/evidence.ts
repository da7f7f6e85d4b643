/** Files that a declaration rests on. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const CR = 13;
const LF = 10;

/** SHA-256 after each CRLF became LF: a checkout on Windows changes no evidence. */
export function evidenceHash(bytes: Uint8Array): string {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== CR || bytes[at + 1] !== LF) plain[length++] = byte;
  }
  return bytesToHex(sha256(plain.subarray(0, length)));
}

/** A path below the product's folder, with `/`, that means the same on every system. */
export function isInside(path: string): boolean {
  return (
    path !== '' &&
    !/[\\\p{Cc}]|^\/|^[A-Za-z]:/u.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
