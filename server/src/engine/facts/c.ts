/** Facts of a C file: put together from those of its items, of which an edit leaves all but one as they were. */
import { CText } from '../cfront/ctext.js';
import type { Item } from '../cfront/items.js';
import type { Masks } from '../cfront/masks.js';
import { contextOf } from '../cfront/variants.js';
import { type PackedFunction, moved as movedFlow } from '../flow/packed.js';
import type { Grammars } from '../grammars.js';
import { ItemReader, type Reading, type Told } from './c-item.js';
import { type Interest, SUPPRESSION_WORD } from './interest.js';
import type {
  CallFact,
  CommentFact,
  FileFacts,
  FunctionFact,
  GapFact,
  LiteralFact,
  ObjectFact,
  ShapeFact,
  Span,
  VariableFact,
} from './model.js';
import { moved } from './moved.js';
import { MOST_PLACES, Wanted } from './names.js';
import { joinVariables } from './variables.js';

/** What an item said when it was last read, at the place where it then stood. */
interface ItemFacts {
  readonly start: number;
  /** What was read depends on this and on the item's text. */
  readonly shape: string;
  readonly names: ReadonlySet<string>;
  readonly functions: readonly FunctionFact[];
  readonly calls: readonly CallFact[];
  readonly objects: readonly ObjectFact[];
  readonly literals: readonly LiteralFact[];
  readonly shapes: readonly ShapeFact[];
  readonly flow: readonly PackedFunction[];
  readonly gaps: readonly GapFact[];
  readonly wants: readonly string[];
  /** Grows while names are asked for. */
  readonly stories: Map<string, Story>;
  /** What stands behind its comments, by the comment's start; grows like stories. */
  readonly behind: Map<number, Span | undefined>;
}

interface Story extends Told {
  /** Variables of that name, where no more than this item can see them. */
  readonly locals: readonly VariableFact[] | undefined;
}

/** What is kept of a file between two readings. */
export interface CMemory {
  readonly interest: Interest;
  readonly masks: Masks;
  /** By the item's text. */
  readonly items: ReadonlyMap<string, ItemFacts>;
}

export class CReader {
  /** The grammar must be loaded. */
  constructor(private readonly grammars: Grammars) {}

  /** With the memory of a former reading, only items that changed are parsed. */
  read(
    text: string,
    interest: Interest,
    masks: Masks,
    former?: CMemory,
  ): { facts: FileFacts; memory: CMemory } {
    const known =
      former?.interest === interest && former.masks === masks ? former.items : new Map<string, ItemFacts>();
    const source = new CText(text, masks);
    const parser = this.grammars.parser('c');
    const query: Reading['query'] = (pattern) => this.grammars.query('c', pattern);
    const file = new CFile({ source, parser, interest, query }, known);
    return { facts: file.read(), memory: { interest, masks, items: file.items } };
  }
}

/** An item of the file as it is now: read anew, or remembered. */
class Part {
  private reader: ItemReader | undefined;
  private returns: Story['returns'];
  /** How far it stands from where it was read. */
  private readonly away: number;

  constructor(
    private readonly reading: Reading,
    readonly item: Item,
    readonly facts: ItemFacts,
    reader: ItemReader | undefined,
    /** Number of the first of its functions in the file. */
    readonly firstFunction: number,
  ) {
    this.reader = reader;
    this.away = item.start - facts.start;
  }

  here<Facts>(facts: Facts): Facts {
    return moved(facts, this.away, this.firstFunction);
  }

  get flow(): readonly PackedFunction[] {
    return this.facts.flow.map((func) => movedFlow(func, this.away));
  }

  story(name: string): Story {
    let story = this.facts.stories.get(name);
    if (!story) {
      const told = this.ask().story(name);
      const isLocal = told.declarations.every(({ kind }) => kind !== 'global');
      const locals = isLocal ? joinVariables(told.declarations, told.uses) : undefined;
      story = moved({ ...told, locals }, -this.away, 0);
      this.facts.stories.set(name, story);
    }
    this.returns ??= story.returns;
    return story;
  }

  /** What a function returns is told when somebody asks for it by its name. */
  get functions(): readonly FunctionFact[] {
    const { returns, facts } = this;
    if (!returns) return this.here(facts.functions);
    return this.here(
      facts.functions.map((each, index) =>
        index === returns.func ? { ...each, returns: returns.values } : each,
      ),
    );
  }

  behind(comment: Span): Span | undefined {
    const { behind } = this.facts;
    const start = comment.start - this.away;
    if (!behind.has(start)) behind.set(start, moved(this.ask().behind(comment), -this.away, 0));
    return moved(behind.get(start), this.away, 0);
  }

  private ask(): ItemReader {
    if (!this.reader) {
      this.reader = new ItemReader(this.reading, this.item);
      this.reader.read();
    }
    return this.reader;
  }

  free(): void {
    this.reader?.free();
  }
}

class CFile {
  private readonly wanted = new Wanted();
  /** Facts by the text of their item, for the next reading. */
  readonly items = new Map<string, ItemFacts>();

  constructor(
    private readonly reading: Reading,
    private readonly known: ReadonlyMap<string, ItemFacts>,
  ) {}

  read(): FileFacts {
    const parts = this.parts();
    try {
      for (const name of this.reading.interest.globals)
        if (parts.some(({ facts }) => facts.names.has(name))) this.wanted.add(name);
      const variables = this.variables(parts);
      const suppressions = this.suppressions(parts);
      return this.joined(parts, variables, suppressions);
    } finally {
      for (const part of parts) part.free();
    }
  }

  private parts(): Part[] {
    const { reading } = this;
    const { text, items } = reading.source;
    let functions = 0;
    return items.map((item) => {
      const whole = text.slice(item.start, item.end);
      const shape = shapeOf(reading.source, item);
      const same = this.known.get(whole);
      const known = same?.shape === shape ? same : undefined;
      let reader: ItemReader | undefined;
      let facts = known;
      if (!facts) {
        reader = new ItemReader(reading, item);
        reader.read();
        facts = factsOf(reader, shape);
      }
      this.items.set(whole, facts);
      const part = new Part(reading, item, facts, reader, functions);
      functions += facts.functions.length;
      for (const name of facts.wants) this.wanted.add(name);
      return part;
    });
  }

  /** Names lead to names: each is told by every item that it occurs in. */
  private variables(parts: readonly Part[]): VariableFact[] {
    const holders = new Map<string, Part[]>();
    for (const part of parts)
      for (const name of part.facts.names) {
        const same = holders.get(name);
        if (same) same.push(part);
        else holders.set(name, [part]);
      }
    const variables: VariableFact[] = [];
    for (let name = this.wanted.next(); name !== undefined; name = this.wanted.next())
      for (const variable of this.named(name, holders.get(name) ?? [])) variables.push(variable);
    return variables;
  }

  private named(name: string, holders: readonly Part[]): readonly VariableFact[] {
    const stories: { readonly part: Part; readonly told: Story }[] = [];
    let places = 0;
    let declared = 0;
    for (const part of holders) {
      const told = part.story(name);
      stories.push({ part, told });
      for (const next of told.wants) this.wanted.add(next);
      declared += told.declarations.length;
      places += told.declarations.length + told.uses.length;
      if (places > MOST_PLACES) break;
    }
    const isAnybodys =
      declared === 0 &&
      (this.reading.interest.globals.has(name) ||
        stories.some(({ told }) => told.uses.some((use) => use.kind === 'write')));
    if (!isAnybodys && stories.every(({ told }) => told.locals))
      return stories.flatMap(({ part, told }) => part.here(told.locals ?? []));
    const whole = { start: 0, end: this.reading.source.text.length };
    const declarations = stories.flatMap(({ part, told }) => part.here(told.declarations));
    const uses = stories.flatMap(({ part, told }) => part.here(told.uses));
    const placed = declarations.map((each) => (each.kind === 'global' ? { ...each, scope: whole } : each));
    if (isAnybodys) placed.push({ name, declared: { start: 0, end: 0 }, scope: whole, kind: 'global' });
    return joinVariables(placed, uses);
  }

  private joined(
    parts: readonly Part[],
    variables: readonly VariableFact[],
    suppressions: readonly CommentFact[],
  ): FileFacts {
    const all = <Fact>(of: (facts: ItemFacts) => readonly Fact[]): Fact[] =>
      parts.flatMap((part) => part.here(of(part.facts)));
    const functions = parts.flatMap((part) => part.functions);
    return {
      lang: 'c',
      flow: parts.flatMap((part) => part.flow),
      functions,
      calls: all((facts) => facts.calls),
      variables,
      objects: all((facts) => facts.objects),
      imports: [],
      exports: [],
      literals: all((facts) => facts.literals),
      shapes: all((facts) => facts.shapes),
      suppressions,
      conditions: this.reading.source.conditions,
      gaps: all((facts) => facts.gaps),
      functionsSeen: functions.length,
      functionsAnalysed: parts.reduce(
        (sum, { facts }) => sum + (facts.gaps.length === 0 ? facts.functions.length : 0),
        0,
      ),
    };
  }

  /** Comments that speak to Skarp, with the statement that each stands before. */
  private suppressions(parts: readonly Part[]): CommentFact[] {
    const { source } = this.reading;
    const { text } = source;
    const found: CommentFact[] = [];
    for (let at = text.indexOf(SUPPRESSION_WORD); at !== -1; at = text.indexOf(SUPPRESSION_WORD, at + 1)) {
      const comment = source.commentAt(at);
      if (!comment || found.at(-1)?.start === comment.start) continue;
      const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
      const trailing = text.slice(lineStart, comment.start).trim() !== '';
      const next = trailing ? undefined : this.behind(parts, comment);
      found.push({
        ...comment,
        text: text.slice(comment.start, comment.end),
        trailing,
        ...(next && { next }),
      });
    }
    return found;
  }

  private behind(parts: readonly Part[], comment: Span): Span | undefined {
    const item = this.reading.source.itemFrom(comment.end);
    const part = parts.find((each) => each.item === item);
    if (!part || !item) return undefined;
    return item.start < comment.start ? part.behind(comment) : { start: item.start, end: item.end };
  }
}

function shapeOf({ tokens }: CText, item: Item): string {
  const body = item.body < 0 ? -1 : item.body - item.first;
  return `${item.kind} ${String(body)} ${contextOf(tokens, item)}`;
}

function factsOf(reader: ItemReader, shape: string): ItemFacts {
  return {
    start: reader.item.start,
    shape,
    names: new Set(reader.names.keys()),
    functions: reader.functions.facts(),
    calls: reader.heard(),
    objects: reader.objects,
    literals: reader.literals,
    shapes: reader.shapes,
    flow: reader.flow(),
    gaps: reader.gaps,
    wants: [...reader.wants],
    stories: new Map(),
    behind: new Map(),
  };
}
