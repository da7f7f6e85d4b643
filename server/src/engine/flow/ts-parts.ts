/** Types of parts of what has a type, as TypeScript writes them: `Deps['store']`. */

const PART = /^(\w+)\['([\w$]+)'\]$/;

export function partType(whole: string, part: string): string {
  return `${whole}['${part}']`;
}

/** The type and the part; nothing where it is no such type. */
export function partsOfType(written: string): [whole?: string, part?: string] {
  const [, whole, part] = PART.exec(written) ?? [];
  return whole === undefined || part === undefined ? [] : [whole, part];
}
