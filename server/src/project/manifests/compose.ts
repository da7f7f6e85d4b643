/** The environment that compose files give to containers, `env:NAME` as in `.env`, and their images: `image:name`. */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

/** `NAME: value` and `- NAME=value`, on one line. */
const LINE =
  /^[ \t]*(?:-[ \t]*(?<quote>["']?)(?<item>[A-Z][A-Z0-9_]*)=(?<given>[^\n]*?)\k<quote>|(?<name>[A-Z][A-Z0-9_]*):[ \t]+(?<value>[^\n]*?))(?:[ \t]+#[^\n]*)?[ \t]*\r?$/gm;

/** The name of an image without the registry's host and without its tag. */
const IMAGE = /^[ \t]+image:[ \t]*["']?(?:[\w.-]+[.:][\w.:-]*\/)?(?<name>[\w./-]+)/gm;

export function parseCompose(file: FileId, text: string): Option[] {
  const images = [...text.matchAll(IMAGE)].map((match) => {
    const name = match.groups?.['name'] ?? '';
    const end = match.index + match[0].length;
    const at = { file, start: end - name.length, end };
    return optionAt(at, `image:${name}`, name, at);
  });
  return [...environmentOf(file, text), ...images];
}

function environmentOf(file: FileId, text: string): Option[] {
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
