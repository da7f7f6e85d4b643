/** What a maker may say of a provision. */
export const WORDS = ['met', 'partly', 'not-met', 'not-applicable'] as const;
export type Word = (typeof WORDS)[number];

/** Who answers for a heading, beside the code. */
export const ROLES = ['engineering', 'product', 'management'] as const;
export type Role = (typeof ROLES)[number];
