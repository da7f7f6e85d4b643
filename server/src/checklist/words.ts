/** What a maker may say of a provision. */
export const WORDS = ['met', 'partly', 'not-met', 'not-applicable'] as const;
export type Word = (typeof WORDS)[number];
