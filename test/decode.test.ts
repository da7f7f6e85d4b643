/** Bytes to text and back: a fix never changes how a file is written. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, encode, type Encoding } from '../server/src/project/decode.js';

const wellFormed = fc
  .string({ unit: 'binary', maxLength: 60 })
  .filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text));
const latin = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const bytesOf = (text: string, encoding: Encoding, bom: boolean): Uint8Array => {
  const bytes = encode(text, encoding, bom);
  assert.ok(bytes);
  return bytes;
};

/** What is read, is written back byte for byte. */
function comesBack(bytes: Uint8Array): void {
  const decoded = decode(bytes);
  assert.ok(decoded !== 'binary');
  assert.deepEqual(encode(decoded.text, decoded.encoding, decoded.bom), bytes);
}

describe('the bytes of a file', () => {
  it('in UTF-8 come back, with and without a byte order mark', () => {
    fc.assert(
      fc.property(wellFormed, fc.boolean(), (text, bom) => {
        const bytes = bytesOf(text, 'utf-8', bom);
        comesBack(bytes);
        const decoded = decode(bytes);
        if (!text.startsWith('\uFEFF')) assert.deepEqual(decoded, { text, encoding: 'utf-8', bom });
      }),
      { seed: 20260101 },
    );
  });

  it('in UTF-16 come back', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        comesBack(bytesOf(text, 'utf-16le', true));
      }),
      { seed: 20260101 },
    );
  });

  it('in Latin-1 come back', () => {
    fc.assert(
      fc.property(latin, (text) => {
        comesBack(Uint8Array.from(text, (char) => char.charCodeAt(0)));
      }),
      { seed: 20260101 },
    );
  });

  it('in Latin-1 are read as text, not refused', () => {
    const decoded = decode(Uint8Array.from([0x2f, 0x2f, 0x20, 0x4a, 0xfc, 0x72, 0x67, 0x65, 0x6e]));
    assert.deepEqual(decoded, { text: '// Jürgen', encoding: 'windows-1252', bom: false });
  });

  it('with a NUL are a binary file', () => {
    assert.equal(decode(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0])), 'binary');
  });

  it('that an encoding cannot write are refused, not mangled', () => {
    assert.equal(encode('→ 😀', 'windows-1252', false), undefined);
  });

  it('of an empty file are an empty text', () => {
    assert.deepEqual(decode(new Uint8Array()), { text: '', encoding: 'utf-8', bom: false });
  });
});
