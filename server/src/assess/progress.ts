/** How what is declared has grown from commit to commit. */
import { type Declarations, LARGEST_DECLARATIONS } from '../checklist/declarations.js';

/** The declarations as one commit left them. */
export interface Version {
  readonly commit: string;
  /** `YYYY-MM-DDThh:mm:ss…` */
  readonly at: string;
  readonly declarations: Declarations;
}

/** The texts of `skarp.checklist.yaml` that git has, the newest first. */
export interface Remembered {
  readonly versions: readonly (Omit<Version, 'declarations'> & { readonly text: string | undefined })[];
  readonly hasMore: boolean;
}

/** How many of the newest commits are looked at, and how many bytes a text may have: a character takes three at most. */
export const WANTED = { most: 100, largest: LARGEST_DECLARATIONS * 3 } as const;

export interface Point {
  readonly commit: string;
  readonly at: string;
  readonly declared: number;
  readonly met: number;
  readonly partly: number;
  readonly notMet: number;
  readonly notApplicable: number;
  /** Declarations whose review was overdue on that day. */
  readonly expired: number;
}

export interface Progress {
  /** Oldest first. */
  readonly points: readonly Point[];
  /** Commits whose checklist could not be read. */
  readonly unread: number;
  /** There are older commits that were not looked at. */
  readonly hasMore: boolean;
}

/** `read` answers undefined for a text that is no checklist. */
export function progressOf(
  { versions, hasMore }: Remembered,
  read: (text: string) => Declarations | undefined,
): Progress {
  const points = versions.flatMap(({ commit, at, text }) => {
    const declarations = text === undefined ? undefined : read(text);
    return declarations ? [pointOf({ commit, at, declarations })] : [];
  });
  return { points: points.reverse(), unread: versions.length - points.length, hasMore };
}

export function pointOf({ commit, at, declarations }: Version): Point {
  const all = [...declarations.values()];
  const said = (word: string): number => all.filter(({ declared }) => declared === word).length;
  const day = at.slice(0, 10);
  return {
    commit,
    at,
    declared: all.length,
    met: said('met'),
    partly: said('partly'),
    notMet: said('not-met'),
    notApplicable: said('not-applicable'),
    expired: all.filter(({ 'review-by': reviewBy }) => reviewBy !== undefined && reviewBy < day).length,
  };
}

/** What is counted, in the order of the columns of a table. */
export const COUNTS = [
  ['declared', 'declared'],
  ['met', 'met'],
  ['partly', 'partly'],
  ['notMet', 'not met'],
  ['notApplicable', 'not applicable'],
  ['expired', 'overdue'],
] as const satisfies readonly (readonly [keyof Point, string])[];
