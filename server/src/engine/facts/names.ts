/** Where each identifier of a text stands, and the queue of names whose story a reader still has to tell. */

const IDENTIFIER = /[A-Za-z_$][\w$]*/g;

export class Names {
  private readonly places = new Map<string, number[]>();

  /** One pass over the text; words in comments and strings are met too and must be told apart by their node. */
  constructor(text: string) {
    IDENTIFIER.lastIndex = 0;
    for (let match = IDENTIFIER.exec(text); match; match = IDENTIFIER.exec(text)) {
      const places = this.places.get(match[0]);
      if (places) places.push(match.index);
      else this.places.set(match[0], [match.index]);
    }
  }

  offsets(name: string): readonly number[] {
    const places = this.places.get(name) ?? [];
    return places.length > MOST_PLACES ? [] : places;
  }

  has(name: string): boolean {
    return this.places.has(name);
  }
}

/** A name that occurs more often in one file is not told: the work would grow with the square. */
export const MOST_PLACES = 2000;
/** Bounds the work on a hostile file; beyond it names stay unresolved, which silences rules, never invents findings. */
const MOST_NAMES = 4000;

export class Wanted {
  private readonly seen = new Set<string>();
  private readonly queue: string[] = [];

  add(name: string): void {
    if (this.seen.has(name) || this.seen.size >= MOST_NAMES) return;
    this.seen.add(name);
    this.queue.push(name);
  }

  next(): string | undefined {
    return this.queue.pop();
  }
}

/** `cfg` of `cfg.tls.ca`; `this.client` of `this.client.options`. */
export function rootOf(path: string): string {
  const parts = path.split('.');
  return parts[0] === 'this' && parts.length > 1 ? `this.${parts[1] ?? ''}` : (parts[0] ?? '');
}

/** `tls.ca` of `cfg.tls.ca`; empty for a name alone. */
export function behindRoot(path: string): string {
  return path.slice(rootOf(path).length + 1);
}

/** `connect` of `mqtt.connect`. */
export function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `KEY_LENGTH`: by custom a macro or an enumerator, never a variable. */
export function isShouting(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/.test(name);
}
