/** PEM files: `key-file:private` where a private key in clear begins, with its kind as the value. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

const BEGIN =
  /^-----BEGIN ((?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY)-----[ \t]*\r?\n(?!Proc-Type:)[A-Za-z0-9+/=]{16}/gm;

export function parseKeyFile(file: FileId, text: string): Option[] {
  return [...text.matchAll(BEGIN)].map(({ index, 1: kind = '' }) => {
    const start = index + '-----BEGIN '.length;
    const at = { file, start, end: start + kind.length };
    return optionAt(at, 'key-file:private', kind, at);
  });
}
