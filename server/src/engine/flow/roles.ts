/** Roles of sinks: which are about how much, and which about what a text says. */

import { PASSWORD } from '../apis.js';

/** Roles whose danger is a number that is too large; an upper bound is the check. All other roles take text. */
const NUMBERS = new Set([
  'a copy length',
  'a source length',
  'a difference',
  'a read length',
  'an allocation size',
  'a stack size',
  'an index',
  'a loop bound',
  'pointer arithmetic',
  'a setpoint',
]);

/** Roles in which what a value is made of counts: a whole record is no page, and of an address only the host leads away. */
export const PAGE = 'an HTML page';
export const ADDRESS = 'a request URL';

/** Kinds of what a device tells everybody in reach of it, or prints on its label: no danger but as a password. */
const ANNOUNCED = new Set(['a hardware address', 'a chip number']);

export function isAnnounced(kind: string): boolean {
  return ANNOUNCED.has(kind);
}

/** Kinds of what must stay inside, told from what somebody outside chose. */
const INSIDE = new Set(['a secret', 'a derived secret', 'a MAC', 'an offered password']);
export const SECRET = 'a secret';
/** What a slow function makes of a password: a key, or what a log-in is compared with, which may lie in storage. */
const DERIVED = 'a derived secret';
/** What the snprintf family gives back: the length that the whole text has, whatever was written of it. */
export const PRINTED_LENGTH = 'a printed length';

/** Roles in which something gets out. No list or pattern makes a secret harmless there. */
const WAYS_OUT = new Set([
  'a readable log',
  'a plain channel',
  'plain storage',
  'a comparison',
  'a comparison with a fixed password',
]);
/** What is found of one way out holds for all. */
export const ANY_WAY_OUT = 'a readable log';

/** Roles in which the same bytes again are the danger. */
const VARYING = new Set(['an IV', 'a key']);

export function mustVary(role: string): boolean {
  return VARYING.has(role);
}

/** Whether what is of this kind is to be wiped when it is done with. */
export function isSecret(kind: string): boolean {
  return kind === SECRET || kind === DERIVED;
}

/** Whether it is known by its kind that a value must stay inside. */
export function mustStay(kind: string): boolean {
  return INSIDE.has(kind);
}

/** Whether somebody outside chose what is of this kind. */
export function isChosenOutside(kind: string): boolean {
  return !mustStay(kind) && !isAnnounced(kind) && kind !== PRINTED_LENGTH;
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
  if (clean === undefined) return false;
  // No list or pattern makes it harder to guess.
  if (role === PASSWORD) return clean.has(role);
  // Without dots in it, and below the folder it was compared with.
  if (role === 'a file path' && clean.has('a dotted path') && clean.has('a rooted path')) return true;
  if (role === 'a request URL' && clean.has('a rooted path')) return true;
  return clean.has('*') || clean.has(role) || clean.has(isNumberRole(role) ? 'number' : 'text');
}

/** Roles of text that is read as it came: what a function of nobody's makes of it is something else, mostly found by it. */
const AS_IT_CAME = new Set([
  'an HTML page',
  'a file path',
  'a request URL',
  'an SQL statement',
  'a log line',
]);

export function isAsItCame(role: string): boolean {
  return AS_IT_CAME.has(role);
}

/** Roles in which an object is taken apart by its fields, or is no text. */
export function takesObjects(role: string): boolean {
  return AS_IT_CAME.has(role) && role !== 'a log line';
}

/** Roles in which pasting what callers give is a fault of its own, whoever calls. */
export function asksCallers(role: string): boolean {
  return role === 'a command';
}

/** Roles that one function uses one value in again and again: one check mends them all. */
export function isSaidOnce(role: string): boolean {
  return role === 'a file path';
}

/** Role of a text that is copied with its end, whatever fits. */
export const WHOLE = 'an unbounded copy';
