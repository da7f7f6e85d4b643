/**
 * `npm run bench:structure -- PATH [KIND]`: what every `NAME (` inside a function's body of the `.c` files below a path
 * has become in the trees. A call that is no call there is lost to every rule. With a kind, each of that kind is listed.
 */
import { resolve } from 'node:path';
import { NO_CALL, isKnown } from '../server/src/engine/cfront/words.js';
import { CText } from '../server/src/engine/cfront/ctext.js';
import { NAME } from '../server/src/engine/cfront/tokens.js';
import { ItemTrees } from '../server/src/engine/cfront/trees.js';
import { Lines } from '../server/src/engine/lines.js';
import type { Syntax } from '../server/src/engine/syntax.js';
import { isTooDeep } from '../server/src/project/text-facts.js';
import { grammars } from '../test/support/grammars.js';
import { table } from './table.js';
import { SourceTree } from './tree.js';

const [path = '.', listed] = process.argv.slice(2);
const tree = new SourceTree(resolve(path));
await grammars.load('c');
const counts = new Map<string, Map<string, number>>();
for (const file of tree.sources) readFile(file);
const total = [...counts.values()].reduce((sum, names) => sum + sumOf(names), 0);
console.log(
  table(
    ['', 'places', '%', 'most often'],
    [...counts]
      .sort(([, a], [, b]) => sumOf(b) - sumOf(a))
      .map(([kind, names]) => [
        kind,
        String(sumOf(names)),
        ((100 * sumOf(names)) / total).toFixed(3),
        kind === 'a call' ? '' : most(names),
      ]),
  ),
);

function readFile(file: string): void {
  const text = tree.text(file);
  if (isTooDeep(text)) return;
  const masks = tree.masksOf(file);
  const source = new CText(text, masks);
  const { tokens } = source;
  const lines = new Lines(text);
  for (const item of source.items) {
    if (item.kind !== 'function') continue;
    const trees = ItemTrees.parse(grammars.parser('c'), source, item);
    for (let index = item.body; index < item.past - 1; index++) {
      if (tokens.kinds[index] !== NAME || text[tokens.starts[index + 1] ?? 0] !== '(') continue;
      const start = tokens.starts[index] ?? 0;
      const name = text.slice(start, tokens.ends[index]);
      if (isKnown(name, NO_CALL) || masks.takes(name) !== undefined) continue;
      const dead = source.conditions
        .filter((each) => each.start <= start && start < each.end)
        .some(({ condition }) => condition.split(' && ').some((part) => /^(\(?0\)?|!\(1\))$/.test(part)));
      const kind = dead ? 'under #if 0' : becomes(trees.roots, start, start + name.length);
      const names = counts.get(kind) ?? new Map<string, number>();
      counts.set(kind, names);
      names.set(name, (names.get(name) ?? 0) + 1);
      if (kind !== listed) continue;
      const { line } = lines.position(start);
      console.log(`${file}:${String(line + 1)}  ${text.split('\n', line + 1)[line]?.trim() ?? ''}`);
    }
    trees.free();
  }
}

/** The best that a name has become in any variant. */
function becomes(roots: readonly Syntax[], start: number, end: number): string {
  const kinds = roots.map((root) => kindOf(root, start, end));
  return kinds.find((kind) => kind === 'a call') ?? kinds.find((kind) => kind !== 'nothing') ?? 'nothing';
}

function kindOf(root: Syntax, start: number, end: number): string {
  const node = root.at(start, end);
  for (let outer: Syntax | null = node; outer; outer = outer.parent)
    if (outer.type === 'ERROR') return 'in an error';
  if (/^(while|if|for)_statement$/.test(node.type) && node.startIndex === start) return 'a loop';
  if (node.startIndex !== start)
    return /^(compound_statement|argument_list|case_statement)$/.test(node.type)
      ? 'nothing'
      : `nothing, in ${node.type}`;
  if (node.endIndex !== end)
    return node.type.endsWith('identifier') ? 'a longer name' : `the start of ${node.type}`;
  let whole = node;
  let { parent } = node;
  while (parent && /^(field_expression|parenthesized_expression|subscript_expression)$/.test(parent.type))
    [whole, parent] = [parent, parent.parent];
  if (parent?.type === 'call_expression' && parent.childForFieldName('function')?.id === whole.id)
    return 'a call';
  return `${node.type} of ${node.parent?.type ?? ''}`;
}

function sumOf(names: ReadonlyMap<string, number>): number {
  return [...names.values()].reduce((sum, each) => sum + each, 0);
}

function most(names: ReadonlyMap<string, number>): string {
  return [...names]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ');
}
