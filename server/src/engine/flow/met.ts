/** One value asked in many roles: what nothing on the way tells apart has one answer. */
import { ADDRESS, PAGE, covers, isAsItCame, isNumberRole, isWayOut, takesObjects } from './roles.js';
import { PASSWORD } from '../apis.js';

/** What the search for origins in one role came across that another role may see otherwise. */
export class Met {
  /** What a function of nobody's made, or what was kept. */
  made = false;
  record = false;
  object = false;
  /** A text that was put together. */
  text = false;
  private readonly found = new Set<ReadonlySet<string>>();

  constructor(private readonly role: string) {}

  /** Something was found clean of some roles, or of none. */
  clean(roles: ReadonlySet<string> | undefined): void {
    if (roles) this.found.add(roles);
  }

  /** What another search in the same role came across, a part of this one. */
  include(part: Met): void {
    if (part === this) return;
    this.made ||= part.made;
    this.record ||= part.record;
    this.object ||= part.object;
    this.text ||= part.text;
    for (const roles of part.found) this.found.add(roles);
  }

  /** Whether the search goes the very same way in another role. */
  holdsFor(role: string): boolean {
    const same = (of: (role: string) => boolean): boolean => of(role) === of(this.role);
    if (!same(isNumberRole) || !same(isWayOut) || !same((each) => each === PASSWORD)) return false;
    if (this.made && !same(isAsItCame)) return false;
    if (this.object && !same(takesObjects)) return false;
    if (this.record && !same((each) => each === PAGE)) return false;
    if (this.text && !same((each) => each === ADDRESS)) return false;
    for (const clean of this.found) if (!same((each) => covers(clean, each))) return false;
    return true;
  }
}

/** Asks in one role after the other, and only where the answer may be another. */
export class InRoles<T> {
  private readonly answers: { readonly is: T; readonly met: Met }[] = [];

  constructor(private readonly ask: (role: string) => { readonly is: T; readonly met: Met }) {}

  answer(role: string): T {
    const known = this.answers.find(({ met }) => met.holdsFor(role));
    if (known) return known.is;
    const answer = this.ask(role);
    this.answers.push(answer);
    return answer.is;
  }
}
