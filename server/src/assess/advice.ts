/** What to do next, by type of product, in the words of those who do it. */
import type { Type } from './typology.js';

export type Role = 'engineers' | 'product owners' | 'management';

export const MEANING: Readonly<Record<Type, string>> = {
  starter: 'Little is known yet: neither does the code show controls nor has anybody said what is so.',
  builder: 'The code shows a good deal, but nobody has said who answers for it and what lies outside of it.',
  'paper tiger': 'Much is declared that the code does not show: it may be true, and nobody could tell.',
  leader: 'The code shows its controls, and somebody answers for what code cannot show.',
};

export const ADVICE: Readonly<Record<Type, Readonly<Record<Role, string>>>> = {
  starter: {
    engineers:
      'Take the errors of headings 1, 3 and 5 first: they are what worms and passers-by use. Run skarp check before each commit, and mend what it says of the code you touch.',
    'product owners':
      'Read the thirteen headings once and name an owner for each. Say publicly where weaknesses are reported and how long the product gets updates: it costs a page, and the law asks for it.',
    management:
      'Give one person a day a week for this until the mandatory provisions are answered. A product recalled because of its default password costs more than the year.',
  },
  builder: {
    engineers:
      'Let the pipeline run skarp check, so that what you have stays. Link tests and designs as evidence with skarp declare, so that others can see what you know.',
    'product owners':
      'Declare what the code cannot show: support period, reports of weaknesses, personal data, what users are told. Give each an owner and a day of review.',
    management:
      'The work is done and cannot be shown: ask for the statement of conformance, and have it go out with the product.',
  },
  'paper tiger': {
    engineers:
      'Start where a declaration and the code disagree, then where a declaration stands alone: show the control in code, or say plainly that it is not there.',
    'product owners':
      'Go through what is declared met and ask for the evidence of each. What nobody can show becomes partly or not met, with a plan.',
    management:
      'A statement that the first test disproves is worse than none. Ask for evidence before the next one is signed.',
  },
  leader: {
    engineers:
      'Keep the pipeline strict, take the recommended provisions that fit the product, and try the rules of the strict set.',
    'product owners':
      'Look again at what is due, follow the next edition of the standard, and ask your suppliers for the same statement.',
    management:
      'Say so to your customers: few can. Have somebody from outside try to break the product once a year.',
  },
};
