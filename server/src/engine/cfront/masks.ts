/** Names that a parser of C must not see: attributes, and macros that stand for one or for nothing. */
import type { Macro } from '../scan/macros.js';
import { Words } from './words.js';

/** Attributes of compilers; what follows in brackets belongs to them. */
const COMPILER_CALLS = [
  '__attribute__',
  '__attribute',
  '__declspec',
  '_Alignas',
  'alignas',
  '_Pragma',
  '__pragma',
];
const COMPILER_WORDS = [
  '__extension__',
  '__restrict',
  '__restrict__',
  '__inline',
  '__inline__',
  '__forceinline',
  '__volatile__',
  '__volatile',
  '__const',
  '__signed__',
  '_Noreturn',
  '__noreturn',
  '__cdecl',
  '__stdcall',
  '__packed',
  '__weak',
  '__unused',
  '__used',
  '__ramfunc',
  '__init',
  '__exit',
  '__must_check',
  '__noinline',
  '__always_inline',
  '__maybe_unused',
  '__user',
  '__iomem',
  '__isr',
  '__irq',
  '__interrupt',
  '__syscall',
  '__pinned_func',
  '__boot_func',
  '__subsystem',
  '__deprecated',
  '__THROW',
  '__wur',
  '__fallthrough',
  '__BEGIN_DECLS',
  '__END_DECLS',
  'G_BEGIN_DECLS',
  'G_END_DECLS',
];
/** Frameworks define these in headers that a product's folder does not hold. */
const FRAMEWORK_WORDS = [
  // ESP-IDF: esp_attr.h
  'IRAM_ATTR',
  'DRAM_ATTR',
  'RTC_DATA_ATTR',
  'RTC_IRAM_ATTR',
  'RTC_NOINIT_ATTR',
  'RTC_RODATA_ATTR',
  'RTC_FAST_ATTR',
  'RTC_SLOW_ATTR',
  'COREDUMP_DRAM_ATTR',
  'DMA_ATTR',
  'WORD_ALIGNED_ATTR',
  'EXT_RAM_ATTR',
  'EXT_RAM_BSS_ATTR',
  'EXT_RAM_NOINIT_ATTR',
  'NOINLINE_ATTR',
  'FORCE_INLINE_ATTR',
  'PACKED_ATTR',
  'FLAG_ATTR',
  'TCM_IRAM_ATTR',
  'TCM_DRAM_ATTR',
  'SPI_FLASH_FUNC_ATTR',
  'HAL_FORCE_IRAM_ATTR',
  // Zephyr: toolchain.h, kernel.h
  'ALWAYS_INLINE',
  'FUNC_NORETURN',
  'FUNC_ALIAS',
  '__kernel',
  '__noinit',
  '__nocache',
  '__ccm_bss_section',
  '__ramfunc',
  'K_KERNEL_STACK_ATTR',
  // RIOT, Mynewt, Linux, FreeRTOS, CMSIS
  'UNUSED_ATTR',
  'NORETURN',
  'WEAK_DEFAULT',
  '__WEAK',
  '__STATIC_INLINE',
  '__STATIC_FORCEINLINE',
  '__NO_RETURN',
  '__PACKED',
  '__ALIGNED',
  '__IO',
  '__IM',
  '__OM',
  '__IOM',
  'PRIVILEGED_FUNCTION',
  'PRIVILEGED_DATA',
  'portFORCE_INLINE',
  'WOLFSSL_API',
  'WOLFSSL_LOCAL',
  'MBEDTLS_CHECK_RETURN_CRITICAL',
  'MBEDTLS_CHECK_RETURN_TYPICAL',
  'MBEDTLS_CHECK_RETURN_OPTIONAL',
  'MBEDTLS_STATIC_TESTABLE',
  'CURL_EXTERN',
  'EXPORT_SYMBOL',
  'FAR',
  'NEAR',
];
const FRAMEWORK_CALLS = [
  'FUNC_ALIAS',
  '__aligned',
  '__section',
  '__attribute_section__',
  '__printf_like',
  'EXT_RAM_ATTR_SECTION',
  'MBEDTLS_PRINTF_ATTRIBUTE',
  '__ALIGNED',
];

/** Without arguments the name alone is masked, with them the brackets behind it too. */
export type Takes = 'nothing' | 'arguments';

/** What a workspace says of a name: how it is masked, or that what we took for an attribute is none there. */
export type Learned = Takes | 'seen';

const TOLD: ReadonlyMap<string, Takes> = new Map([
  ...[...COMPILER_WORDS, ...FRAMEWORK_WORDS].map((name) => [name, 'nothing'] as const),
  ...[...COMPILER_CALLS, ...FRAMEWORK_CALLS].map((name) => [name, 'arguments'] as const),
]);

/** What to mask: grows with the `#define`s of the workspace and with what a team names in `skarp.json`. */
export class Masks {
  private readonly names = new Map<string, Takes>(TOLD);
  private wordsOfThese: Words | undefined;
  /** What differs from the words of compilers and frameworks. */
  readonly learned = new Map<string, Learned>();

  constructor(macros: Iterable<Macro>, own: Iterable<string> = []) {
    this.learn([...macros]);
    for (const name of own) this.add(name, 'arguments');
  }

  /** Masks that another thread has learned. */
  static knowing(learned: Iterable<readonly [string, Learned]>): Masks {
    const masks = new Masks([]);
    for (const [name, what] of learned) masks.add(name, what);
    return masks;
  }

  private add(name: string, what: Learned): void {
    if (what === 'seen') this.names.delete(name);
    else this.names.set(name, what);
    this.learned.set(name, what);
  }

  /** What a name takes with it; undefined for a name that the parser may see. */
  takes(name: string): Takes | undefined {
    return this.names.get(name);
  }

  /** The same for all tokens of a text at once. */
  get words(): Words {
    this.wordsOfThese ??= new Words(this);
    return this.wordsOfThese;
  }

  all(): Iterable<[name: string, takes: Takes]> {
    return this.names;
  }

  /** Names all of whose definitions are like attributes, also where one stands for another. */
  private learn(macros: readonly Macro[]): void {
    for (const name of contradicted(macros)) this.add(name, 'seen');
    const candidates = new Map<string, Macro[]>();
    for (const macro of macros) {
      if (this.names.has(macro.name) || KEYWORD.test(macro.name) || !mayBeAttribute(macro)) continue;
      const same = candidates.get(macro.name);
      if (same) same.push(macro);
      else candidates.set(macro.name, [macro]);
    }
    for (const macro of macros)
      if (candidates.has(macro.name) && !mayBeAttribute(macro)) candidates.delete(macro.name);
    for (let more = true; more;) {
      more = false;
      for (const [name, definitions] of candidates) {
        if (!definitions.every((macro) => this.isAttributes(macro.body))) continue;
        candidates.delete(name);
        this.add(name, definitions.some(({ params }) => params) ? 'arguments' : 'nothing');
        more = true;
      }
    }
  }

  /** Whether a body holds attributes and qualifiers and nothing else. */
  private isAttributes(body: string): boolean {
    let at = 0;
    while (at < body.length) {
      WORD.lastIndex = at;
      const word = WORD.exec(body);
      if (!word) return false;
      const [whole, name = ''] = word;
      at += whole.length;
      const takes = QUALIFIERS.test(name) ? 'nothing' : this.names.get(name);
      if (takes === undefined) return false;
      if (body[at] !== '(') continue;
      if (takes === 'nothing') return false;
      at = closing(body, at);
      while (/\s/.test(body.charAt(at))) at++;
    }
    return true;
  }
}

/** Names we took for attributes that every definition of the workspace gives a value or a statement. */
function contradicted(macros: readonly Macro[]): ReadonlySet<string> {
  const others = new Map<string, boolean>();
  for (const { name, body } of macros)
    if (TOLD.has(name)) others.set(name, (others.get(name) ?? true) && NO_ATTRIBUTE.test(body));
  return new Set([...others].flatMap(([name, all]) => (all ? [name] : [])));
}

/** Somebody's `#define static` for a test must not blind us to the word. */
const KEYWORD =
  /^(static|extern|const|volatile|register|typedef|struct|union|enum|int|char|long|short|unsigned|signed|float|double|void|_?[Bb]ool|if|else|for|while|do|switch|case|default|return|break|continue|goto|sizeof|asm|__asm__|__asm)$/;
/** A value, an expression or a statement. */
const NO_ATTRIBUTE = /^(["'\d(~!+-]|(?:do|if|for|while|switch|return|goto)\b)/;
const WORD = /\s*([A-Za-z_]\w*)\s*/y;
const QUALIFIERS = /^(static|extern|inline|const|volatile|register|restrict|__inline|__inline__|_Noreturn)$/;

/** Whether a definition may have a say in what is masked. */
export function concernsMasks(macro: Pick<Macro, 'name' | 'params' | 'body'>): boolean {
  return TOLD.has(macro.name) || mayBeAttribute(macro);
}

/** A cheap look before the bodies are read: an empty macro with arguments is as often a log that was turned off. */
function mayBeAttribute({ params, body }: Pick<Macro, 'params' | 'body'>): boolean {
  return body === '' ? params === undefined : /^[A-Za-z_][\w\s]*(\(|$)/.test(body);
}

/** Behind the bracket that closes the one at an offset; the end of the text if none does. */
function closing(text: string, at: number): number {
  let depth = 0;
  for (; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return text.length;
}
