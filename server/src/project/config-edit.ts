/** Edits of `skarp.json` that leave what people wrote: comments, order, all that is not spoken of. */
import { CONFIG_FILE } from './jsonc.js';
import { type JSONPath, applyEdits, modify } from 'jsonc-parser';
import { parseConfig } from './config.js';

/** The text with what is said of the product added; `undefined` where there is none yet. Throws `ConfigError`. */
export function withAnswers(
  text: string | undefined,
  answers: Readonly<Record<string, boolean | undefined>>,
): string {
  let result = text ?? '{}\n';
  for (const [feature, value] of Object.entries(answers))
    result = withValue(result, ['product', feature], value);
  // What is written must be read again.
  parseConfig(CONFIG_FILE, result);
  return result;
}

/** The text with one more macro that C is read without. */
export function withMacro(text: string, macro: string): string {
  return /"macros"\s*:/.test(text)
    ? withValue(text, ['macros', -1], macro, true)
    : withValue(text, ['macros'], [macro]);
}

function withValue(text: string, path: JSONPath, value: unknown, isArrayInsertion = false): string {
  const formattingOptions = { tabSize: 2, insertSpaces: true, eol: '\n' };
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
}
