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

/** Kinds of what must stay inside, told from what somebody outside chose. */
const INSIDE = new Set(['a secret', 'a MAC']);
export const SECRET = 'a secret';

/** Roles in which something gets out. No list or pattern makes a secret harmless there. */
const WAYS_OUT = new Set(['a readable log', 'a plain channel', 'plain storage', 'a comparison']);
/** What is found of one way out holds for all. */
export const ANY_WAY_OUT = 'a readable log';

/** Roles in which the same bytes again are the danger. */
const VARYING = new Set(['an IV', 'a key']);

export function mustVary(role: string): boolean {
  return VARYING.has(role);
}

/** Whether it is known by its kind that a value must stay inside. */
export function mustStay(kind: string): boolean {
  return INSIDE.has(kind);
}

export function isWayOut(role: string): boolean {
  return WAYS_OUT.has(role);
}

export function isNumberRole(role: string): boolean {
  return NUMBERS.has(role);
}

/** Whether what a value was found clean of covers a role. */
export function covers(clean: ReadonlySet<string> | undefined, role: string): boolean {
  if (isWayOut(role)) return clean !== undefined && (clean.has(role) || clean.has('secret'));
  return (
    clean !== undefined &&
    (clean.has('*') || clean.has(role) || clean.has(isNumberRole(role) ? 'number' : 'text'))
  );
}

/** Role of a text that is copied with its end, whatever fits. */
export const WHOLE = 'an unbounded copy';
