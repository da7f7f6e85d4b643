/** How a terminal paints a standing; the word is always beside it. */
import type { createColors } from 'picocolors';
import type { Standing } from './model.js';

export function standingPaint(
  colors: ReturnType<typeof createColors>,
): Readonly<Record<Standing, (text: string) => string>> {
  return {
    violated: colors.red,
    contradicted: colors.red,
    supported: colors.green,
    declared: colors.cyan,
    open: colors.yellow,
    'not-applicable': colors.dim,
  };
}
