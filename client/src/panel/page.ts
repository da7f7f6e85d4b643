/** The page as its parts see it: what is shown, what is remembered, and how to change both. */
import type { HostMessage, PageMessage, PageState, ShowChecklist, View } from './messages.js';
import { NO_FILTER } from './filter.js';

type Of<Type extends HostMessage['type']> = Extract<HostMessage, { type: Type }>;

export interface Page {
  readonly shown: ShowChecklist | undefined;
  readonly scanning: boolean;
  /** Undefined until it is asked for and answered. */
  readonly assessment: Of<'assessment'>['result'] | undefined;
  readonly product: Of<'product'>['result'] | undefined;
  readonly standards: Of<'standards'>['result'] | undefined;
  readonly crosswalk: Of<'crosswalk'> | undefined;
  readonly state: PageState;
  /** Remembers over a reload of the window, and draws. */
  remember(change: Partial<PageState>): void;
  tell(message: PageMessage): void;
  show(view: View): void;
  /** Shows a provision among the others. */
  reveal(provision: string): void;
}

const FRESH: PageState = {
  view: 'provisions',
  expanded: [],
  filter: NO_FILTER,
  choice: { standard: '', sector: '', level: '', unfolded: [] },
  forms: {},
  role: 'engineering',
  by: '',
  scrolled: 0,
};

/** What an older version of the page remembered may lack something, and what was on its way is not any more. */
export function restored(state: Partial<PageState> | undefined): PageState {
  const { answering, forms = {} } = state ?? {};
  return {
    ...FRESH,
    ...state,
    filter: { ...NO_FILTER, ...state?.filter },
    choice: { ...FRESH.choice, ...state?.choice },
    forms: Object.fromEntries(Object.entries(forms).map(([id, form]) => [id, { ...form, busy: false }])),
    answering: answering && { ...answering, busy: false },
  };
}

/** The URI of a file that is named from the folder. */
export function uriOf(folder: string, file: string): string {
  return `${folder}/${file.split('/').map(encodeURIComponent).join('/')}`;
}
