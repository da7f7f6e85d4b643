/** Paths as Skarp writes them: relative to the root, with `/` between their parts. */

/** The last part of a path or URI. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
