/**
 * The top-level items of a C text: functions, declarations and macro calls, found by brackets alone.
 *
 * Each is parsed by itself, so that what cannot be read costs its own item and nothing beside it. An item that begins
 * under one branch of an `#if` ends only where all branches have met again.
 */
import { DIRECTIVE, NAME, PUNCTUATION, type Tokens, directiveWord } from './tokens.js';
import { CAPITALS, MASKED, TYPE } from './words.js';

export interface Item {
  readonly start: number;
  readonly end: number;
  /** Tokens from `first` up to `past`, directives included. */
  readonly first: number;
  readonly past: number;
  /** A function's body begins at `body`; a macro call stands alone, with or without a semicolon. */
  readonly kind: 'function' | 'macro' | 'other';
  /** Token of a function's `{`; -1 for other items. */
  readonly body: number;
  /** It began in a branch that ends inside it: what it says depends on the condition before it. */
  readonly crosses: boolean;
}

const PAREN_OPEN = 40;
const PAREN_CLOSE = 41;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
const BRACKET_OPEN = 91;
const BRACKET_CLOSE = 93;
const SEMICOLON = 59;
const EQUALS = 61;
const STAR = 42;
const DOT = 46;
const NEWLINE = 10;

/** Names that may begin a declaration and be followed by a bracket without being a macro of the product. */
const NO_MACRO =
  /^(typeof|__typeof__|__typeof|_Alignas|alignas|__declspec|__attribute__|__attribute|_Atomic|struct|union|enum|int|char|void|long|short|unsigned|signed|float|double|const|static|extern|inline|typedef|asm|__asm__|__asm)$/;

/** `words` are the bits of the tokens. */
export function itemsOf(tokens: Tokens, words: Uint16Array): Item[] {
  return new Splitter(tokens, words).items();
}

/** Where brackets stood when an `#if` began, and where its first branch left them. */
interface Fork {
  readonly braces: number;
  readonly parens: number;
  after: { braces: number; parens: number } | undefined;
  /** Condition `0`: its first branch is no code. */
  dead: boolean;
  branch: number;
  /** An item that began before the fork had its end in one of the branches. */
  ended: boolean;
}

class Splitter {
  private readonly found: Item[] = [];
  private braces = 0;
  private parens = 0;
  private readonly forks: Fork[] = [];
  /** First token of the item in progress, -1 between items, and the forks (with their branch) it began under. */
  private first = -1;
  private crosses = false;
  private under: { fork: Fork; branch: number }[] = [];
  /** Of the item in progress, at depth 0: the last bracket group's closing token, the body's brace, an `=` seen. */
  private closed = -1;
  private body = -1;
  private assigned = false;
  /** `RESOURCE(x) { .path = "/x" }`: an initialiser whose macro ends with its brace. */
  private listed = false;
  /** Opening token of a bracket group at depth 0. */
  private opened = -1;
  /** Where the item must have ended, should its brackets never meet: behind a `}` or before a head in column 0. */
  private resync = -1;

  constructor(
    private readonly tokens: Tokens,
    private readonly words: Uint16Array,
  ) {}

  items(): Item[] {
    const { tokens } = this;
    for (let index = 0; index < tokens.count; index++) {
      const kind = tokens.kinds[index] ?? 0;
      if (kind === DIRECTIVE) this.directive(index);
      else if (kind >= PUNCTUATION) index = this.punctuation(index);
      else index = this.word(index);
      // Brackets that never meet, for a macro hides one or somebody is typing.
      if (index >= tokens.count - 1 && this.first >= 0 && this.resync >= 0) {
        index = this.resync - 1;
        this.finish(this.resync);
      }
    }
    this.finish(tokens.count);
    return this.found;
  }

  private isAtLineStart(index: number): boolean {
    const start = this.tokens.starts[index] ?? 0;
    return start === 0 || this.tokens.text.charCodeAt(start - 1) === NEWLINE;
  }

  private code(index: number): number {
    const kind = index < this.tokens.count ? (this.tokens.kinds[index] ?? 0) : 0;
    return kind >= PUNCTUATION ? kind : 0;
  }

  private has(index: number, bits: number): boolean {
    return ((this.words[index] ?? 0) & bits) !== 0;
  }

  private text(index: number): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  private begin(index: number): void {
    if (this.first >= 0) return;
    this.first = index;
    this.under = this.forks.map((fork) => ({ fork, branch: fork.branch }));
    this.closed = this.body = this.opened = this.resync = -1;
    this.assigned = this.listed = this.crosses = false;
  }

  private word(index: number): number {
    if (this.first < 0 && this.tokens.kinds[index] === NAME) {
      const past = this.externC(index);
      if (past > index) return past - 1;
      if (this.isAlone(index)) return index;
    }
    this.begin(index);
    if (this.resync < 0 && this.body >= 0 && this.isHead(index)) this.resync = index;
    return index;
  }

  /** A word in column 0, behind a statement, with another word behind it: `static int g(void) {`. */
  private isHead(index: number): boolean {
    const before = this.code(index - 1);
    return (
      (before === SEMICOLON || before === BRACE_OPEN || before === BRACE_CLOSE) &&
      this.isAtLineStart(index) &&
      (this.tokens.kinds[index + 1] === NAME || this.code(index + 1) === STAR)
    );
  }

  /** A word in capitals alone on its line, between items: a macro that wants no semicolon, or an attribute. */
  private isAlone(index: number): boolean {
    const { text, starts, ends, kinds } = this.tokens;
    if (kinds[index + 1] !== NAME || !this.has(index, CAPITALS)) return false;
    return text.slice(ends[index], starts[index + 1]).includes('\n');
  }

  /** `extern "C" {`: its braces are no item's. Answers the token behind it, or the index itself. */
  private externC(index: number): number {
    if (this.text(index) !== 'extern' || this.text(index + 1) !== '"C"') return index;
    if (this.code(index + 2) !== BRACE_OPEN) return this.code(index + 2) === 0 ? index + 2 : index;
    return index + 3;
  }

  private punctuation(index: number): number {
    const code = this.code(index);
    // A brace that nothing opened closes an `extern "C"`.
    if (this.first < 0 && (code === BRACE_CLOSE || code === SEMICOLON)) return index;
    this.begin(index);
    switch (code) {
      case PAREN_OPEN:
      case BRACKET_OPEN:
        if (this.parens++ === 0 && this.braces === 0 && code === PAREN_OPEN) this.opened = index;
        return index;
      case PAREN_CLOSE:
      case BRACKET_CLOSE:
        if (this.parens > 0) this.parens--;
        if (this.parens === 0 && this.braces === 0 && code === PAREN_CLOSE) return this.groupClosed(index);
        return index;
      case BRACE_OPEN:
        if (this.braces++ === 0 && this.parens === 0) {
          if (this.isBody(index)) this.body = index;
          else this.listed = !this.assigned && this.closed === index - 1;
        }
        return index;
      case BRACE_CLOSE:
        if (this.braces > 0) this.braces--;
        if (this.resync < 0 && this.body >= 0 && this.isAtLineStart(index)) this.resync = index + 1;
        if (this.braces === 0 && this.parens > 0 && this.body >= 0) this.parens = 0;
        if (this.braces === 0 && this.parens === 0 && (this.body >= 0 || this.listEnds(index)))
          this.end(index + 1);
        return index;
      case SEMICOLON:
        if (this.braces === 0 && this.parens === 0 && !this.isOldStyle(index)) this.end(index + 1);
        return index;
      case EQUALS:
        if (this.braces === 0 && this.parens === 0) this.assigned = true;
        return index;
      default:
        return index;
    }
  }

  private listEnds(index: number): boolean {
    return this.listed && this.code(index + 1) !== SEMICOLON;
  }

  /** A brace at depth 0 opens a body unless it opens a struct or an initialiser. */
  private isBody(index: number): boolean {
    if (this.assigned || this.code(index + 1) === DOT) return false;
    return this.closed >= 0 || this.first === index;
  }

  /** Behind the closing bracket at depth 0: a macro call at the item's head may end the item. */
  private groupClosed(index: number): number {
    const { first } = this;
    if (this.opened > first && this.has(this.opened - 1, MASKED)) return index;
    this.closed = index;
    if (this.opened !== first + 1 || this.tokens.kinds[first] !== NAME || NO_MACRO.test(this.text(first)))
      return index;
    let next = index + 1;
    while (next < this.tokens.count && this.tokens.kinds[next] === DIRECTIVE) next++;
    const isWord = next < this.tokens.count && this.tokens.kinds[next] === NAME;
    if (isWord && this.has(next, MASKED)) return index;
    // f(a) ATTRIBUTE {
    if (isWord && !this.has(next, TYPE) && this.code(next + 1) === BRACE_OPEN) return index;
    if (isWord || this.code(next) === STAR || next >= this.tokens.count) this.end(index + 1);
    return index;
  }

  /** `int f(a) int a; {`: the semicolon belongs to the parameters. */
  private isOldStyle(index: number): boolean {
    if (this.assigned || this.closed < 0 || index - this.closed < 3) return false;
    if (this.tokens.kinds[this.closed + 1] !== NAME || this.opened - this.first < 2) return false;
    for (let at = index + 1; at < Math.min(this.tokens.count, index + 60); at++) {
      const code = this.code(at);
      if (code === BRACE_OPEN) return true;
      if (code === PAREN_OPEN || code === EQUALS || code === BRACE_CLOSE) return false;
      if (this.tokens.kinds[at] === DIRECTIVE) return false;
    }
    return false;
  }

  private directive(index: number): void {
    const { text, starts } = this.tokens;
    const word = directiveWord(text, starts[index] ?? 0);
    if (word === 'if' || word === 'ifdef' || word === 'ifndef')
      this.forks.push({
        braces: this.braces,
        parens: this.parens,
        after: undefined,
        dead: /^#\s*if\s+0\b/.test(this.text(index)),
        branch: 0,
        ended: false,
      });
    const fork = this.forks.at(-1);
    if (!fork) return;
    if (word === 'else' || word.startsWith('elif')) {
      this.crosses ||= this.under.some((begun) => begun.fork === fork);
      if (!fork.dead) fork.after ??= { braces: this.braces, parens: this.parens };
      fork.dead = false;
      fork.branch++;
      ({ braces: this.braces, parens: this.parens } = fork);
    } else if (word === 'endif') {
      // `#if 0` without another branch leaves everything as it was.
      const after = fork.after ?? (fork.dead ? fork : undefined);
      if (after) ({ braces: this.braces, parens: this.parens } = after);
      this.forks.pop();
      if (fork.ended && this.first >= 0 && this.braces === 0 && this.parens === 0) this.end(index + 1);
    }
  }

  /** Ends the item in progress before a token, unless it stands in a branch that it did not begin in. */
  private end(past: number): void {
    if (this.first < 0) return;
    for (const [depth, fork] of this.forks.entries()) {
      const begun = this.under[depth];
      if (begun?.fork === fork && begun.branch === fork.branch) continue;
      fork.ended = true;
      return;
    }
    this.finish(past);
  }

  private finish(past: number): void {
    const { first, tokens } = this;
    if (first < 0) return;
    const isMacro = this.body < 0 && this.opened === first + 1 && this.closed === this.lastWord(past);
    this.found.push({
      start: tokens.starts[first] ?? 0,
      end: tokens.ends[past - 1] ?? tokens.text.length,
      first,
      past,
      kind: this.body >= 0 ? 'function' : isMacro ? 'macro' : 'other',
      body: this.body,
      crosses: this.crosses,
    });
    this.first = -1;
    this.braces = this.parens = 0;
  }

  /** The last token that is neither a semicolon nor a directive. */
  private lastWord(past: number): number {
    let last = past - 1;
    while (last > 0 && (this.code(last) === SEMICOLON || this.tokens.kinds[last] === DIRECTIVE)) last--;
    return last;
  }
}
