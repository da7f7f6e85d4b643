/** The environment that compose files give to containers: `env:NAME`, as in `.env`. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

/** `NAME: value` and `- NAME=value`, on one line. */
const LINE =
  /^[ \t]*(?:-[ \t]*(?<quote>["']?)(?<item>[A-Z][A-Z0-9_]*)=(?<given>[^\n]*?)\k<quote>|(?<name>[A-Z][A-Z0-9_]*):[ \t]+(?<value>[^\n]*?))(?:[ \t]+#[^\n]*)?[ \t]*\r?$/gm;

export function parseCompose(file: FileId, text: string): Option[] {
  return [...text.matchAll(LINE)].flatMap((match) => {
    const { item, given = '', name, value = '' } = match.groups ?? {};
    const key = item ?? name ?? '';
    const written = item === undefined ? value : given;
    if (written === '') return [];
    const start = match.index + match[0].indexOf(key);
    const valueStart =
      start + key.length + match[0].slice(match[0].indexOf(key) + key.length).indexOf(written);
    const end = valueStart + written.length;
    return [optionAt({ file, start, end }, `env:${key}`, written, { file, start: valueStart, end })];
  });
}
