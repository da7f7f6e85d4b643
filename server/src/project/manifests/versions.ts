/**
 * What a product is built with, as far as its files say: options `version:esp-idf` and `version:node`, whose value is
 * an exact version or a range. What cannot be read says nothing.
 */
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';

/** The line that the configuration tool of ESP-IDF writes above what it generates. */
const GENERATED_BY = /^# Espressif IoT Development Framework \(ESP-IDF\) (?<version>\d[\w.-]*) Project/m;
/** That line stands at the top. */
const HEAD = 400;

/** The framework among the components: `idf: ">=5.1"`, or a block with the version in one of its lines. */
const COMPONENT =
  /^[ \t]+idf:[ \t]*(?:\r?\n(?:[ \t]+(?!version:)\S.*\r?\n){0,12}?[ \t]+version:[ \t]*)?(?<quote>["']?)(?<version>[\d<>=~^*][^"'#\r\n]*?)\k<quote>[ \t]*(?:#.*)?\r?$/m;

/** `sdkconfig`: by which version it was generated. */
export function idfOfConfig(file: FileId, text: string): Option[] {
  return idfIn(file, GENERATED_BY.exec(text.slice(0, HEAD)));
}

/** `dependencies.lock` and `idf_component.yml`. */
export function idfOfComponents(file: FileId, text: string): Option[] {
  return idfIn(file, COMPONENT.exec(text));
}

function idfIn(file: FileId, match: RegExpExecArray | null): Option[] {
  const version = match?.groups?.['version'];
  if (!match || version === undefined) return [];
  return [versionAt(file, 'esp-idf', version, match.index + match[0].lastIndexOf(version))];
}

/** `value` as it stands at `start`. */
export function versionAt(file: FileId, of: string, value: string, start: number): Option {
  const at = { file, start, end: start + value.length };
  return optionAt(at, `version:${of}`, value, at);
}
