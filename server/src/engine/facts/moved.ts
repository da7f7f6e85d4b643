/** Facts that were read at one place of a file, for another: nothing but offsets and function numbers changes. */

/**
 * A copy of plain facts, `offset` units further on and with function numbers raised by `funcs`. Keys that hold an
 * offset are `start`, `end` and the `call` of `argumentOf`; the key that holds a function's number is `func`.
 */
export function moved<Facts>(facts: Facts, offset: number, funcs: number): Facts {
  return offset === 0 && funcs === 0 ? facts : (copy(facts, offset, funcs) as Facts);
}

function copy(value: unknown, offset: number, funcs: number): unknown {
  if (Array.isArray(value)) return list(value as readonly unknown[], offset, funcs);
  if (typeof value !== 'object' || value === null) return value;
  // A copy first: its fields then have their places, which setting them one by one would have to find.
  const result: Record<string, unknown> = { ...value };
  for (const key in result) {
    const field = result[key];
    if (typeof field === 'number') {
      if (key === 'start' || key === 'end' || key === 'call') result[key] = field + offset;
      else if (key === 'func' && field >= 0) result[key] = field + funcs;
    } else if (typeof field === 'object') result[key] = copy(field, offset, funcs);
  }
  return result;
}

/** Names stay what they are: nobody changes a list of facts. */
function list(values: readonly unknown[], offset: number, funcs: number): readonly unknown[] {
  return typeof values[0] === 'string' ? values : values.map((each) => copy(each, offset, funcs));
}
