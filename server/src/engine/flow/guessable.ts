/** What somebody nearby can work out: values made of nothing but what a device announces and what stands in its code. */
import type { Memory } from './memory.js';
import { isAnnounced } from './roles.js';
import type { State } from './state.js';
import { GUESS, type Node } from './values.js';

/** Values looked at for one question. */
const MOST_VISITS = 200;

/** Name of a value that says no more than what it is made of, though it is another text: digits of a number, a digest. */
export const WORKED_OUT = 'worked out';

export class Guess {
  private readonly seen = new Set<number>();
  private readonly params = new Set<number>();
  private announced = false;

  private constructor(
    private readonly memory: Memory,
    private readonly state: State,
  ) {}

  /**
   * Whether all parts can be worked out. Of parameters one may be among them, and then nothing else that is announced:
   * each is judged by itself where the function is called, and one that is secret makes the whole one.
   */
  static all(parts: readonly Node[], memory: Memory, state: State): boolean {
    const guess = new Guess(memory, state);
    if (!parts.every((part) => guess.is(part))) return false;
    return guess.params.size + (guess.announced ? 1 : 0) <= 1;
  }

  private is(node: Node): boolean {
    if (this.seen.has(node.id)) return true;
    this.seen.add(node.id);
    if (this.seen.size > MOST_VISITS) return false;
    if (node.sources && node.sources.length > 0) {
      this.announced = true;
      return node.sources.some(({ kind }) => isAnnounced(kind));
    }
    switch (node.kind) {
      case 'number':
      case 'text':
        return true;
      case 'param':
        this.params.add(node.param ?? 0);
        return true;
      case 'address':
        return node.object?.constant === true || this.is(this.memory.contents(this.state, node));
      case 'phi':
        // One way on which it can be worked out is enough; on some, nothing was written yet.
        return [...(node.ways?.values() ?? [])].some((way) => !isNothing(way.node) && this.is(way.node));
      case 'content':
        // What was there before this function wrote it.
        return (
          (node.of[0] !== undefined && this.state.cells.has(`*${String(node.of[0].id)}`)) || this.rest(node)
        );
      case 'element':
        return node.of[0] !== undefined && this.is(node.of[0]);
      default:
        return this.rest(node);
    }
  }

  private rest({ name, of }: Node): boolean {
    return name !== GUESS && of.length > 0 && of.every((each) => this.is(each));
  }
}

/** Memory that nothing has written. */
function isNothing({ kind, of, made }: Node): boolean {
  return kind === 'site' && of.length === 0 && made === undefined;
}
