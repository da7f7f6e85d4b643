/** What the rules and tables of a run listen to: decides which files are parsed and which calls become facts. */
export interface Interest {
  /** Last segments of callee names, workspace aliases included: `connect` for `mqtt.connect`. */
  readonly calls: ReadonlySet<string>;
  /** Type names as written in code, last segments in TypeScript: `esp_tls_cfg_t`, `MqttClient`. */
  readonly types: ReadonlySet<string>;
  /** Macros and functions that check the result of the call they are given: `ESP_ERROR_CHECK`. */
  readonly checking: ReadonlySet<string>;
  /** Those of them that the product itself defines to do nothing but pass on what they are given. */
  readonly passing: ReadonlySet<string>;
  /** Variables of libraries whose fields are settings: `ble_hs_cfg`. */
  readonly globals: ReadonlySet<string>;
  /** A string literal that holds one of these becomes a fact. */
  readonly needles: readonly string[];
  readonly shapes: readonly ShapeInterest[];
  /** Words of which a file must hold one for flow to pass through it; empty where no rule asks for flow. */
  readonly flowWords: ReadonlySet<string>;
  /** Names among `calls` that only say what flow does on its way: no reason to parse a file. */
  readonly flowHelpers: ReadonlySet<string>;
  /** Whether functions are read as graphs. */
  readonly flow: boolean;
}

export interface ShapeInterest {
  readonly key: string;
  readonly pattern: string;
  readonly needs: readonly string[];
}

/** Shapes that a text can hold: a file pays only for the patterns whose words occur in it. */
export function shapesFor(text: string, interest: Interest): readonly ShapeInterest[] {
  return interest.shapes.filter(({ needs }) => needs.some((need) => text.includes(need)));
}

/** `sockaddr_in` of `struct sockaddr_in`: the word by which a type is met in code. */
export function wordOf(type: string): string {
  return type.slice(type.lastIndexOf(' ') + 1);
}

/** The types of interest whose word is among some names, in the order of the interest. */
export function typesAmong(names: ReadonlyMap<string, unknown>, { types }: Interest): readonly string[] {
  let byWord = BY_WORD.get(types);
  if (!byWord) {
    byWord = new Map<string, Ranked[]>();
    for (const [rank, type] of [...types].entries())
      byWord.set(wordOf(type), [...(byWord.get(wordOf(type)) ?? []), { type, rank }]);
    BY_WORD.set(types, byWord);
  }
  const found: Ranked[] = [];
  for (const name of names.keys()) found.push(...(byWord.get(name) ?? []));
  return found.sort((a, b) => a.rank - b.rank).map(({ type }) => type);
}

interface Ranked {
  readonly type: string;
  readonly rank: number;
}

/** Items are asked by the ten thousand, and interests are few. */
const BY_WORD = new WeakMap<ReadonlySet<string>, Map<string, readonly Ranked[]>>();

/** Comments that speak to Skarp begin with this word. */
export const SUPPRESSION_WORD = 'skarp-ignore';
