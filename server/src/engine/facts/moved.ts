/** Facts that were read at one place of a file, for another: nothing but offsets and function numbers changes. */

/**
 * A copy of plain facts, `offset` units further on and with function numbers raised by `funcs`. Keys that hold an
 * offset are `start`, `end` and the `call` of `argumentOf`; the key that holds a function's number is `func`.
 */
export function moved<Facts>(facts: Facts, offset: number, funcs: number): Facts {
  return offset === 0 && funcs === 0 ? facts : (copy(facts, offset, funcs) as Facts);
}

function copy(value: unknown, offset: number, funcs: number): unknown {
  if (Array.isArray(value)) return value.map((each) => copy(each, offset, funcs));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const key in value) {
    const field = (value as Record<string, unknown>)[key];
    if (typeof field === 'number') {
      const isOffset = key === 'start' || key === 'end' || key === 'call';
      result[key] = isOffset ? field + offset : key === 'func' && field >= 0 ? field + funcs : field;
    } else if (typeof field === 'object') result[key] = copy(field, offset, funcs);
    else result[key] = field;
  }
  return result;
}
