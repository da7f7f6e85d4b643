/** What makes a text dangerous in a role: a pattern that lets none of it through is a check, one that takes it away cleans. */
import { Pattern } from './charset.js';

/** By role: sets of characters of which a text must lack one set to be harmless. */
const DANGERS: Readonly<Record<string, readonly string[]>> = {
  'a command': [';&|`$\n'],
  'a program': ['/', '.'],
  'a file path': ['/\\', '.'],
  'an SQL statement': ['\'"; '],
  'an HTML page': ['<'],
  'a request URL': ['/@#?\\'],
  'a log line': ['\n', '\r'],
  code: ['(.`=', '(['],
  'a format': ['%'],
  'a property path': ['_', '.'],
  'a nested key': ['_'],
};

/** Under Unix a backslash is a character like others. */
const PATH = { needed: '/' };

/** Roles for which a text is harmless that matches a pattern, or that does not match it. */
export function harmless(written: string, matches: boolean): ReadonlySet<string> {
  const pattern = new Pattern(written);
  const found = new Set<string>();
  for (const [role, sets] of Object.entries(DANGERS)) {
    if (matches && pattern.isWhole && sets.some((set) => lacks(pattern, role, set))) found.add(role);
    if (!matches && sets.some((set) => Array.from(needed(role, set)).every((char) => pattern.finds(char))))
      found.add(role);
  }
  if (matches && pattern.isWhole && pattern.fixesHost) found.add('a request URL');
  if (!matches && /^(\.\.|\.\.\/|\/)$/.test(pattern.plain ?? '')) found.add('a file path');
  return found;
}

/** Roles for which a text is harmless once all that a pattern finds was taken out or replaced. */
export function stripped(written: string): ReadonlySet<string> {
  const pattern = new Pattern(written);
  const found = new Set<string>();
  if (!pattern.isGlobal) return found;
  for (const [role, sets] of Object.entries(DANGERS))
    if (sets.some((set) => Array.from(needed(role, set)).every((char) => pattern.finds(char))))
      found.add(role);
  return found;
}

function lacks(pattern: Pattern, role: string, set: string): boolean {
  return Array.from(needed(role, set)).every((char) => !pattern.lets(char));
}

function needed(role: string, set: string): string {
  return role === 'a file path' && set.includes('/') ? PATH.needed : set;
}

/** Roles for which a text is harmless that is another than this. */
export function withoutText(text: string): ReadonlySet<string> {
  return text === '__proto__' ? KEYS : NONE;
}

const KEYS: ReadonlySet<string> = new Set(['a nested key', 'a property path']);
const NONE: ReadonlySet<string> = new Set();
