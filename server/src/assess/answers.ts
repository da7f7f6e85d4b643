/** What each role answers for each heading, beside what the code says: where people disagree is where to talk. */
import type { Heading } from '../../../rules/kit/index.js';
import type { Answer, Answers } from '../checklist/declarations.js';
import type { Checklist } from '../checklist/model.js';
import { ROLES, type Role } from '../checklist/words.js';
import type { HeadingMaturity, Level } from './maturity.js';

export interface HeadingAnswers {
  readonly heading: Heading | 0;
  readonly title: string;
  /** The level that the checklist gives it; absent where nothing of the heading applies. */
  readonly code?: Level;
  readonly roles: Readonly<Partial<Record<Role, Answer>>>;
  /** Highest answer less lowest; absent where only one role has answered. */
  readonly spread?: number;
}

/** Headings that somebody has answered for: the widest spread first, then what is furthest from the code. */
export function answersOf(
  { headings }: Checklist,
  maturity: readonly HeadingMaturity[],
  answers: Answers,
): readonly HeadingAnswers[] {
  return headings
    .flatMap(({ heading, title }): HeadingAnswers[] => {
      const roles: Partial<Record<Role, Answer>> = {};
      for (const role of ROLES) {
        const said = answers[role]?.[String(heading)];
        if (said) roles[role] = said;
      }
      const levels = levelsOf(roles);
      if (levels.length === 0) return [];
      const code = maturity.find((each) => each.heading === heading)?.level;
      const spread = levels.length > 1 ? Math.max(...levels) - Math.min(...levels) : undefined;
      return [
        {
          heading,
          title,
          ...(code !== undefined && { code }),
          roles,
          ...(spread !== undefined && { spread }),
        },
      ];
    })
    .sort((a, b) => (b.spread ?? -1) - (a.spread ?? -1) || fromCode(b) - fromCode(a));
}

function levelsOf(roles: HeadingAnswers['roles']): number[] {
  return Object.values(roles).map(({ level }) => level);
}

/** How far the answer that is furthest from the code is from it. */
function fromCode({ code, roles }: HeadingAnswers): number {
  return code === undefined ? 0 : Math.max(...levelsOf(roles).map((level) => Math.abs(level - code)));
}
