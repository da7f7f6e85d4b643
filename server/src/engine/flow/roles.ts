/** Roles of sinks: which are about how much, and which about what a text says. */

/** Roles whose danger is a number that is too large; an upper bound is the check. All other roles take text. */
const NUMBERS = new Set([
  'a copy length',
  'a read length',
  'an allocation size',
  'a stack size',
  'an index',
  'a loop bound',
  'pointer arithmetic',
  'a setpoint',
]);

export function isNumberRole(role: string): boolean {
  return NUMBERS.has(role);
}

/** Whether what a value was found clean of covers a role. */
export function covers(clean: ReadonlySet<string> | undefined, role: string): boolean {
  return (
    clean !== undefined &&
    (clean.has('*') || clean.has(role) || clean.has(isNumberRole(role) ? 'number' : 'text'))
  );
}

/** Role of a text that is copied with its end, whatever fits. */
export const WHOLE = 'an unbounded copy';
