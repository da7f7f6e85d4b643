/** Insides of bodies, initialisers and macro calls: one walk over the tokens, with the brackets that are open. */
import { dressArgument, dressBraces } from './arguments.js';
import {
  BRACE,
  BRACKET,
  CLOSE,
  COLON,
  COMMA,
  type Cloth,
  DOT,
  EQUALS,
  OPEN,
  SEMICOLON,
  STAR,
  UNBRACE,
  UNBRACKET,
} from './cloth.js';
import {
  dressDesignator,
  dressLabelAddress,
  dressNeighbours,
  dressNumber,
  dressOffset,
  dressOperator,
  dressProduct,
  dressRange,
  dressString,
} from './expressions.js';
import { dressBehind, dressDeclaration, dressDeclared, dressList, dressTypeMacro } from './head.js';
import { dressTable } from './table.js';
import { NAME, NUMBER, STRING } from './tokens.js';
import { ASM, CONTROL, JUMP, LEADS, NO_CALL, STORAGE, TAG, TYPE, TYPE_OPERATOR } from './words.js';

const LOOP_NAME = /each|loop|iter|forever|while|_for\b|^for/i;
const AMPERSAND = 38;
const QUESTION = 63;

/** A bracket that is open: what it is to whom. */
interface Open {
  /** `block`: statements; `list`: an initialiser; `members`: those of a struct. */
  readonly kind: 'call' | 'control' | 'group' | 'block' | 'list' | 'members';
  readonly at: number;
  /** Where the argument in progress began. */
  argument: number;
  /** A call that begins a statement. */
  readonly statement: boolean;
  /** Where a `:` without a `?` was seen, as in the operands of an assembler macro. */
  colon: number;
  questions: number;
}

export function dressInsides(cloth: Cloth): void {
  new Walk(cloth).run();
}

class Walk {
  private readonly open: Open[] = [];
  /** Positions behind which a semicolon was put, or that close what a statement follows: `if (…)`. */
  private readonly ended = new Set<number>();
  /** Braces known to open an initialiser. */
  private readonly lists = new Set<number>();
  /** Brackets of conditions that a macro brings with it. */
  private readonly controls = new Set<number>();
  /** In a declaration only an initialiser holds calls. */
  private calls: boolean;

  constructor(private readonly cloth: Cloth) {
    this.calls = cloth.item.kind !== 'other';
  }

  run(): void {
    const { cloth } = this;
    const { item } = cloth;
    const from = item.kind === 'function' ? Math.max(0, cloth.body) : 0;
    if (item.kind === 'other') this.declarationItem();
    for (let at = from; at < cloth.length; at++) {
      const kind = cloth.kind(at);
      if (kind === STRING) at = dressString(cloth, at);
      else if (kind === NUMBER) dressNumber(cloth, at);
      else if (kind === NAME) at = this.word(at);
      else at = this.punctuation(at);
    }
  }

  private inner(): Open | undefined {
    return this.open[this.open.length - 1];
  }

  private inBlock(): boolean {
    return this.inner()?.kind === 'block';
  }

  /** A declaration at top level: unknown attributes, and a type that an item before it took away. */
  private declarationItem(): void {
    const { cloth } = this;
    if (cloth.isWord(0) && cloth.length > 1 && !cloth.is(0, TYPE)) {
      const next = cloth.code(1);
      if (next === EQUALS || next === BRACKET || next === SEMICOLON) cloth.prefix = 'int ';
    }
    if (cloth.code(1) === OPEN && cloth.code(cloth.closing(1) + 1) === BRACE) {
      this.asList(0);
      cloth.suffix = ';';
    } else dressDeclaration(cloth, 0);
  }

  private punctuation(at: number): number {
    const { cloth } = this;
    const code = cloth.code(at);
    const inner = this.inner();
    switch (code) {
      case EQUALS:
        this.calls = true;
        return at;
      case OPEN:
      case BRACE:
      case BRACKET:
        return this.opened(at, code);
      case COMMA:
        if (inner?.kind === 'call') dressArgument(cloth, inner, at, false);
        if (inner) inner.argument = at + 1;
        return at;
      case CLOSE:
        if (inner?.kind === 'call') {
          if (inner.colon >= 0) cloth.blank(inner.colon, at);
          else dressArgument(cloth, inner, at, true);
        }
        this.open.pop();
        return inner ? this.closed(inner, at) : at;
      case UNBRACE:
      case UNBRACKET:
        if (this.open.pop()?.kind === 'members') dressDeclared(cloth, at + 1);
        else if (!this.calls && code === UNBRACKET) dressBehind(cloth, at + 1);
        return at;
      case QUESTION:
        if (inner) inner.questions++;
        return at;
      case COLON:
        if (inner?.kind === 'call' && inner.questions-- <= 0 && inner.colon < 0) inner.colon = at;
        return at;
      case DOT:
        if (this.inBlock()) dressRange(cloth, at);
        else if (inner?.kind === 'list') dressDesignator(cloth, at);
        return at;
      case STAR:
        if (inner?.kind === 'call') dressProduct(cloth, at);
        return at;
      case AMPERSAND:
        dressLabelAddress(cloth, at);
        return at;
      default:
        return at;
    }
  }

  private opened(at: number, code: number): number {
    const { cloth } = this;
    const callee = at - 1;
    let kind: Open['kind'] = 'group';
    if (code === BRACE) {
      if (this.inner()?.kind === 'call' && this.inner()?.argument === at && this.isValueList(at)) {
        dressBraces(cloth, at);
        return cloth.closing(at);
      }
      const past = dressTable(cloth, at);
      if (past !== at) return past;
      kind = this.isMembers(at) ? 'members' : this.isBlock(at) ? 'block' : 'list';
    } else if (code === OPEN && cloth.isWord(callee)) {
      if (cloth.is(callee, CONTROL) || this.controls.has(at)) kind = 'control';
      else if (this.calls && !cloth.is(callee, NO_CALL | TYPE) && !this.isDeclarator(callee)) kind = 'call';
    }
    const statement = kind === 'call' && this.beginsStatement(callee);
    this.open.push({ kind, at, argument: at + 1, statement, colon: -1, questions: 0 });
    return at;
  }

  /** Braces among arguments that hold values, not statements. */
  private isValueList(at: number): boolean {
    const close = this.cloth.closing(at);
    for (let each = at + 1; each < close; each++) if (this.cloth.code(each) === SEMICOLON) return false;
    return close > at + 1;
  }

  private isMembers(at: number): boolean {
    return this.cloth.is(at - 1, TAG) || (this.cloth.isWord(at - 1) && this.cloth.is(at - 2, TAG));
  }

  private isBlock(at: number): boolean {
    const { cloth } = this;
    if (this.lists.has(at)) return false;
    const parent = this.inner();
    const before = cloth.code(at - 1);
    if (at === cloth.body) return true;
    if (before === OPEN) return true;
    if (before === CLOSE) return parent?.kind !== 'list' && !this.closesCast(at - 1);
    if (cloth.isWord(at - 1)) return cloth.is(at - 1, LEADS);
    if (before === SEMICOLON || before === BRACE || before === UNBRACE || before === COLON)
      return parent === undefined || parent.kind === 'block';
    return false;
  }

  /** `(struct x) {`: no word that could be called stands before the bracket. */
  private closesCast(close: number): boolean {
    const { cloth } = this;
    let depth = 0;
    for (let at = close; at >= 0; at--) {
      const code = cloth.code(at);
      if (code === CLOSE || code === UNBRACKET || code === UNBRACE) depth++;
      else if ((code === OPEN || code === BRACKET || code === BRACE) && --depth === 0)
        return !cloth.isWord(at - 1) || /^(return|sizeof)$/.test(cloth.text(at - 1));
    }
    return false;
  }

  /** `int f(void);` inside a body: a word that is no statement's stands before the name. */
  private isDeclarator(at: number): boolean {
    const { cloth } = this;
    if (!cloth.isWord(at - 1) || this.ended.has(at - 1)) return false;
    return this.inBlock() && !cloth.is(at - 1, NO_CALL) && !cloth.newlineAfter(at - 1);
  }

  private beginsStatement(at: number): boolean {
    const { cloth } = this;
    if (this.open.length > 0 && !this.inBlock()) return false;
    const before = cloth.code(at - 1);
    if (before === SEMICOLON || before === BRACE || before === UNBRACE || before === COLON) return true;
    return at === 0 || cloth.is(at - 1, LEADS) || this.ended.has(at - 1);
  }

  private word(at: number): number {
    const { cloth } = this;
    const bits = cloth.bits(at);
    const opens = cloth.code(at + 1) === OPEN;
    if (opens && (bits & TYPE_OPERATOR) !== 0) {
      const close = cloth.closing(at + 1);
      cloth.fill(at, close + 1);
      return close;
    }
    if (opens && cloth.ends(at, 'offsetof')) return dressOffset(cloth, at);
    if ((bits & ASM) !== 0) return this.assembler(at);
    // goto *labels[x];
    if ((bits & JUMP) !== 0 && cloth.code(at + 1) === STAR && cloth.text(at) === 'goto')
      cloth.blank(at, at + 1);
    // if MACRO(x) {
    if ((bits & CONTROL) !== 0 && cloth.isWord(at + 1) && cloth.code(at + 2) === OPEN) {
      cloth.blank(at + 1, at + 2);
      this.controls.add(at + 2);
      return at + 1;
    }
    const kind = this.inner()?.kind;
    if (!this.calls || kind === 'members') {
      if (opens && this.isTypePlace(at) && dressTypeMacro(cloth, at)) return cloth.closing(at + 1);
      if (this.isTypePlace(at)) dressDeclaration(cloth, at);
      return at;
    }
    if (kind === 'block' && this.beginsStatement(at)) return this.statement(at);
    if (kind !== undefined && kind !== 'block' && !this.inFor()) return dressNeighbours(cloth, at);
    return at;
  }

  /** The head of a `for` may declare something. */
  private inFor(): boolean {
    const inner = this.inner();
    return inner?.kind === 'control' && this.cloth.text(inner.at - 1) === 'for';
  }

  /** Where a type may stand in a declaration. */
  private isTypePlace(at: number): boolean {
    const { cloth } = this;
    const before = cloth.code(at - 1);
    if (before === SEMICOLON || before === BRACE || before === UNBRACE) return true;
    return at === 0 || cloth.is(at - 1, STORAGE);
  }

  private statement(at: number): number {
    const { cloth } = this;
    // A word alone on its line: a macro that wants no semicolon.
    if (
      cloth.isCapitals(at) &&
      cloth.newlineAfter(at) &&
      (cloth.isWord(at + 1) || cloth.code(at + 1) === UNBRACE)
    ) {
      this.endStatement(at);
      return at;
    }
    let name = at;
    while (cloth.is(name, STORAGE)) name++;
    if (cloth.code(name + 1) === OPEN && !cloth.is(name, NO_CALL))
      return this.macroStatement(name, name > at);
    if (cloth.isWord(name + 1) && !cloth.is(name, NO_CALL)) dressDeclaration(cloth, at);
    return at;
  }

  /** A macro's call at the start of a statement that declares something. */
  private macroStatement(at: number, stored: boolean): number {
    const { cloth } = this;
    const close = cloth.closing(at + 1);
    const sameLine = !cloth.newlineAfter(close);
    const isType =
      cloth.isWord(close + 1) && sameLine && !cloth.is(close + 1, NO_CALL) && !LOOP_NAME.test(cloth.text(at));
    // BITFIELD(map, 32) = { 0 }; but REGISTER(x) = 1; assigns.
    const isInitialised = cloth.code(close + 1) === EQUALS && cloth.code(close + 2) === BRACE;
    if ((isType || stored || isInitialised) && dressTypeMacro(cloth, at)) return close;
    if (cloth.code(close + 1) === BRACE && this.isListOf(close + 1)) {
      this.asList(at);
      return close;
    }
    return at;
  }

  /** `LIST(name) { a, b };` */
  private asList(at: number): void {
    dressList(this.cloth, at, '=');
    this.lists.add(this.cloth.closing(at + 1) + 1);
  }

  private isListOf(brace: number): boolean {
    const close = this.cloth.closing(brace);
    return this.cloth.code(close + 1) === SEMICOLON && this.isValueList(brace);
  }

  /** `register int x __asm("r0") = y;` and assembler under names that the grammar does not know. */
  private assembler(at: number): number {
    const { cloth } = this;
    if (cloth.code(at + 1) === OPEN && cloth.isWord(at - 1) && !this.beginsStatement(at) && this.inBlock()) {
      const close = cloth.closing(at + 1);
      cloth.blank(at, close + 1);
      return close;
    }
    const word = cloth.text(at);
    if (word !== word.toLowerCase()) cloth.replace(cloth.start(at), cloth.end(at), word.toLowerCase());
    return at;
  }

  /** Behind a bracket: a call that a macro makes a loop, a string or a whole statement. */
  private closed(bracket: Open, at: number): number {
    const { cloth } = this;
    if (bracket.kind === 'control') this.ended.add(at);
    if (bracket.kind !== 'call') return at;
    const next = at + 1;
    const callee = bracket.at - 1;
    if (cloth.kind(next) === STRING && !(bracket.statement && cloth.newlineAfter(at))) {
      cloth.fill(callee, next);
      return at;
    }
    // a(x) OR b(y)
    if (!bracket.statement && !this.inBlock() && dressOperator(cloth, next)) return at;
    // ERROR("a") FIX("b") among arguments: macros that are strings.
    if (this.inner()?.kind === 'call' && cloth.isWord(next) && !bracket.statement) {
      cloth.blank(callee, next);
      return at;
    }
    // ROW(1) ROW(2) in a list: macros that bring their own comma.
    if (this.inner()?.kind === 'list' && (cloth.isWord(next) || cloth.code(next) === BRACE)) {
      const place = cloth.gapBehind(at);
      if (place !== undefined) cloth.replace(place, place + 1, ',');
      return at;
    }
    if (!bracket.statement || !(this.open.length === 0 || this.inBlock())) return at;
    const code = cloth.code(next);
    if (code === BRACE) this.asLoop(callee, at);
    else if (code === UNBRACE) this.endStatement(at);
    else if (cloth.isWord(next) || code === STAR || code === OPEN) {
      const isLoop = LOOP_NAME.test(cloth.text(callee)) && !cloth.is(next, TYPE);
      if (isLoop) this.asLoop(callee, at);
      else if ((code !== OPEN || cloth.isCapitals(callee)) && cloth.newlineAfter(at)) this.endStatement(at);
    }
    return at;
  }

  private asLoop(callee: number, close: number): void {
    const { cloth } = this;
    this.ended.add(close);
    const room = cloth.end(callee) - cloth.start(callee);
    const open = callee + 1;
    if (close === open + 1) {
      const whole = cloth.end(close) - cloth.start(callee);
      const text = whole >= 8 ? 'while(1)' : 'if(1)';
      if (whole >= 5) cloth.replace(cloth.start(callee), cloth.end(close), text);
    } else if (room >= 2) cloth.replace(cloth.start(callee), cloth.end(callee), room >= 5 ? 'while' : 'if');
  }

  /** Puts a semicolon where nothing but white space or a comment stands. */
  private endStatement(at: number): void {
    const { cloth } = this;
    const place = cloth.gapBehind(at);
    if (place === undefined) return;
    cloth.replace(place, place + 1, ';');
    this.ended.add(at);
  }
}
