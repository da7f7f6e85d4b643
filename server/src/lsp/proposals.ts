/** What the code of a folder proposes of the product: a look reads every file, so its answer is kept. */
import type { Proposal } from '../checklist/proposals.js';
import type { Host } from '../host/host.js';
import { proposalsIn } from '../proposed.js';

export class Proposals {
  private known: Promise<readonly Proposal[]> | undefined;

  constructor(private readonly host: Host) {}

  /** What was proposed last; looks where nobody has looked yet, or where somebody wants to look again. */
  read(again: boolean): Promise<readonly Proposal[]> {
    if (again || !this.known) this.known = proposalsIn(this.host);
    return this.known;
  }
}
