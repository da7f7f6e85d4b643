/** What our own schemas say of what is printed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Of `schemas/<name>.schema.json`. */
export function validatorOf(name: 'skarp-checklist' | 'skarp-ixit' | 'skarp-report'): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  if (name !== 'skarp-ixit') ajv.addSchema(schema('skarp-ixit'));
  return ajv.compile(schema(name));
}

function schema(name: string): object {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, `../../schemas/${name}.schema.json`), 'utf8'),
  ) as object;
}
