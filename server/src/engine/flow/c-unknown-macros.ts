/** Macros whose definition lies outside of the workspace, as those of test frameworks and of submodules often do. */
import type { Asked } from './c-macros.js';
import type { Ex } from './ir.js';

const MACRO = /^(?:[A-Z][A-Z0-9_]{2,}|[A-Z][a-z]+(?:Or[A-Z]\w*|Assert\w*|Assume\w*))$/;
const DEMANDS = /assert|verify|require|ensure|expect|assume|check/i;
/** What such a macro asks for is not that its argument is true. */
const OTHERWISE =
  /(?:^|_)(?:IF|UNLESS|FALSE|ZERO|EQUAL\w*|EQ|NE|ERR|ERROR|FAIL\w*|OK)(?:_|$)|(?<!NOT_|NON)NULL/;

/**
 * What is taken for asked by a macro that nobody has seen: that a pointer is not null where it is compared with it, and
 * what its name demands. It only ever silences: a warning behind `REQUIRE(p)` would be wrong nearly every time.
 */
export function taken(name: string, args: readonly Ex[]): readonly Asked[] {
  if (!MACRO.test(name)) return [];
  const [first] = args;
  if (first && DEMANDS.test(name) && !OTHERWISE.test(name)) return [{ condition: first, truth: true }];
  return args.flatMap((condition): Asked[] => {
    if (condition[0] === 'u' && condition[3] === '!') return [{ condition, truth: false }];
    const isNull = condition[0] === 'b' && condition[5][0] === 'n' && condition[5][3] === 0;
    if (!isNull || !/^[!=]=$/.test(condition[3])) return [];
    return [{ condition, truth: condition[3] === '!=' }];
  });
}
