/** Doubling delay with half of it random, so that a whole street does not come back in the same second. */
export class Backoff {
  #attempt = 0;

  constructor(private readonly baseMs = 1_000, private readonly capMs = 300_000) {}

  next(): number {
    const ceiling = Math.min(this.capMs, this.baseMs * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 16);
    return ceiling / 2 + Math.random() * (ceiling / 2);
  }

  reset(): void {
    this.#attempt = 0;
  }
}
