/** Names for machines that stay the same while what they name does, so that equal states make equal files. */
import { v5 } from 'uuid';

/** What a format must be told is ours and not its own. */
export const NAMESPACE_URI = 'https://github.com/skarp/skarp';

const NAMESPACE = v5(NAMESPACE_URI, v5.URL);

/** A UUID of version 5 (RFC 9562): of equal parts the same one, whenever and wherever. */
export function uuidOf(...parts: readonly string[]): string {
  // JSON keeps the parts apart, and escapes what is no text.
  return v5(JSON.stringify(parts), NAMESPACE);
}

/** Midnight in UTC, as these formats write a day. */
export function instantOf(day: string): string {
  return `${day}T00:00:00Z`;
}
