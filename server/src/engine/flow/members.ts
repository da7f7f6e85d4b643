/** Members of names and of tables. */
import type { Ex } from './ir.js';
import type { World } from './world.js';

/** What a table says of a field, not what all objects have: `toString`. */
export function own(table: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** `process.env.PATH` of a chain of members over a name. */
export function pathOf(ex: Ex, world: Pick<World, 'func'>): string | undefined {
  if (ex[0] === 'g') return ex[3];
  if (ex[0] === 'v') return world.func.vars[ex[3]]?.n;
  if (ex[0] !== '.') return undefined;
  const outer = pathOf(ex[3][0] === '*' ? ex[3][3] : ex[3], world);
  return outer === undefined ? undefined : `${outer}.${ex[4]}`;
}
