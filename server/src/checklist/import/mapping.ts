/** From what others write to our provisions: by the ids that they name, ours or a catalogue's, and else by words. */
import type { ProvisionId } from '../../../../rules/kit/index.js';
import type { Crosswalk } from '../../../../rules/standard/crosswalk/crosswalk.js';
import type { EditionId, Provision, Standard } from '../../../../rules/standard/standard.js';
import { idsOf } from './statement.js';
import { type Vocabulary, likeness, vocabularyOf } from './words.js';

export interface Mapped {
  /** How it was found; words alone are a guess that somebody should look at. */
  readonly by: 'provision' | 'catalogue' | 'words' | 'nothing';
  readonly provisions: readonly ProvisionId[];
  /** The ids that were named. */
  readonly named: readonly string[];
}

/** From here on texts that share words are taken to mean the same. */
const ALIKE = 0.18;
/** Under a heading that a catalogue leads to, fewer words are enough. */
const ALIKE_UNDER_HEADING = 0.1;
/** Of the best match; what is less alike is left out. */
const NEARLY_BEST = 0.75;
const MOST_BY_WORDS = 3;

const PROVISION =
  /(?<![\w.-])(?:\d{1,2}\.\d{1,2}-\d{1,2}[A-Z]?|(?<=provision )6[.-]\d[A-Z]?)(?![\w-]|\.\d)/gi;
/** Says by itself whose it is, as `CWE-798`; others, as `2.1.5`, count only beside the name of their catalogue. */
const TELLING = /^[A-Z]{2,}(?:\.[A-Z]{2,})?[- ]?\d/;
const PUBLISHER = /^(?:en|eu|uk|iso|iec|nist|owasp|etsi|ul|imo|aami|clsi|iasme)-(?:tr-|ts-|sp-|tir-)?/;

interface Ref {
  readonly ref: string;
  readonly heading: number;
  readonly pattern: RegExp;
  /** The catalogue's name, which must stand beside it. */
  readonly beside?: RegExp;
}

export class Mapping {
  private readonly refs: readonly Ref[];
  private readonly vocabulary: Vocabulary<Provision>;

  constructor(
    private readonly standard: Standard,
    crosswalks: readonly Crosswalk[],
    private readonly edition?: EditionId,
  ) {
    this.refs = crosswalks.flatMap(({ id, cells }) => {
      const beside = alone(id.replace(PUBLISHER, '').split('-').map(literal).join('[ ./-]?'));
      return cells.flatMap(({ heading, refs }) =>
        refs.map((ref) => ({
          ref,
          heading,
          pattern: alone(literal(ref)),
          ...(!TELLING.test(ref) && { beside }),
        })),
      );
    });
    const titles = new Map(standard.headings.map(({ heading, title }) => [heading, title]));
    this.vocabulary = vocabularyOf(
      standard.provisions,
      ({ heading, wording, ask }) => `${titles.get(heading) ?? ''} ${wording} ${ask}`,
    );
  }

  /** `around` is what tells of which catalogue a text speaks: the titles of its columns. */
  map(text: string, around: string): Mapped {
    const names = [...new Set([...text.matchAll(PROVISION)].map(([name]) => name))];
    const ids = names.flatMap((name) => idsOf(name, this.standard, this.edition));
    if (ids.length > 0) return { by: 'provision', provisions: [...new Set(ids)], named: names };
    const whole = `${around} ${text}`;
    const refs = this.refs.filter(
      ({ pattern, beside }) => pattern.test(text) && (beside === undefined || beside.test(whole)),
    );
    if (refs.length > 0) {
      const headings = new Set(refs.map(({ heading }) => heading));
      const under = this.standard.provisions.filter(({ heading }) => headings.has(heading));
      const near = this.alike(text, ALIKE_UNDER_HEADING, under);
      const provisions =
        near.length > 0 ? near : under.filter(({ status }) => status === 'mandatory').map(({ id }) => id);
      return { by: 'catalogue', provisions, named: [...new Set(refs.map(({ ref }) => ref))] };
    }
    const near = this.alike(text, ALIKE, this.standard.provisions);
    return { by: near.length > 0 ? 'words' : 'nothing', provisions: near, named: [] };
  }

  private alike(text: string, least: number, among: readonly Provision[]): ProvisionId[] {
    const scored = likeness(this.vocabulary, text)
      .filter(({ item, score }) => score >= least && among.includes(item))
      .sort((a, b) => b.score - a.score);
    const best = scored[0]?.score ?? 0;
    return scored
      .filter(({ score }) => score >= best * NEARLY_BEST)
      .slice(0, MOST_BY_WORDS)
      .map(({ item }) => item.id);
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Not as a part of a longer word or number. */
function alone(pattern: string): RegExp {
  return new RegExp(`(?<![\\w.-])${pattern}(?![\\w-]|\\.\\d)`, 'i');
}
