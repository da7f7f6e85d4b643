/** Which elements of an array an initialiser in braces gives: one after the other, or where a designator says. */
export class Places {
  private at = 0;
  private most = 0;
  private isDesignated = false;
  private isKnown = true;

  /** An element behind the one before. */
  next(): void {
    this.most = Math.max(this.most, ++this.at);
  }

  /** An element where `[4]` says; a name, a range or a field is not known for a place. */
  designated(key: string): void {
    const place = /^\[\s*(\d+)\s*\]$/.exec(key)?.[1];
    this.isDesignated = true;
    this.isKnown &&= place !== undefined;
    this.at = Number(place);
    this.next();
  }

  /** How many elements there are, if it is known. */
  get total(): number | undefined {
    return this.isKnown ? this.most : undefined;
  }

  /** The same, where designators say it. */
  get count(): number | undefined {
    return this.isDesignated ? this.total : undefined;
  }
}
