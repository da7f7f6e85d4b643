/**
 * `npm run bench:coverage -- PATH [--list]`: how many functions of the `.c` files below a path Skarp analyses. They are
 * counted by universal-ctags, not by us: one counts as analysed where a function item of ours has it for its own and no
 * tree of that item holds an error. `--list` prints each one that does not, and why.
 */
import { resolve } from 'node:path';
import { CText } from '../server/src/engine/cfront/ctext.js';
import { ItemTrees } from '../server/src/engine/cfront/trees.js';
import type { Item } from '../server/src/engine/cfront/items.js';
import { Lines } from '../server/src/engine/lines.js';
import { isTooDeep } from '../server/src/project/text-facts.js';
import { grammars } from '../test/support/grammars.js';
import { functionsByCtags } from './ctags.js';
import { SourceTree } from './tree.js';

/** A function item of ours: its lines, the heads of the functions in its trees, why it is not analysed. */
interface Own {
  readonly first: number;
  readonly last: number;
  readonly heads: string;
  readonly why: string | undefined;
}

const list = process.argv.includes('--list');
const root = resolve(process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '.');
const tree = new SourceTree(root);
const { sources } = tree;

const tags = functionsByCtags(root, sources);
await grammars.load('c');
const lost: string[] = [];
let unseen = 0;
let own = 0;
for (const file of sources) {
  const wanted = tags.get(file) ?? [];
  const functions = functionsOf(file);
  own += functions.length;
  for (const { name, line } of wanted) {
    const why = whyNot(functions, name, line);
    if (why === undefined) continue;
    if (why.startsWith('no function')) unseen++;
    lost.push(`${file}:${String(line)}  ${name}: ${why}`);
  }
}
const all = [...tags.values()].reduce((sum, each) => sum + each.length, 0);
if (list) console.log(`${lost.join('\n')}\n`);
console.log(`${root}: ${String(sources.length)} files, ${String(own)} functions by our own count`);
console.log(`${String(all).padStart(8)}  functions by ctags`);
console.log(`${String(all - lost.length).padStart(8)}  analysed`);
console.log(
  `${String(lost.length).padStart(8)}  not analysed, ${((100 * lost.length) / Math.max(1, all)).toFixed(2)} %; ${String(unseen)} of them are no functions of ours`,
);

function functionsOf(file: string): Own[] {
  const text = tree.text(file);
  if (isTooDeep(text)) return [];
  const masks = tree.masksOf(file);
  const lines = new Lines(text);
  const source = new CText(text, masks);
  return source.items
    .filter(({ kind }) => kind === 'function')
    .map((item) => ({
      first: lines.position(item.start).line + 1,
      last: lines.position(item.end).line + 1,
      ...readItem(source, item),
    }));
}

function readItem(source: CText, item: Item): Pick<Own, 'heads' | 'why'> {
  const trees = ItemTrees.parse(grammars.parser('c'), source, item);
  const heads = trees.roots.flatMap(({ namedChildren }) =>
    namedChildren
      .filter(({ type }) => type === 'function_definition')
      .map((node) =>
        source.text.slice(node.startIndex, node.childForFieldName('body')?.startIndex ?? node.endIndex),
      ),
  );
  const gap = trees.gaps[0];
  const line = gap && new Lines(source.text).position(gap.start).line + 1;
  trees.free();
  return { heads: heads.join('\n'), why: gap && `line ${String(line)}: ${gap.reason}` };
}

function whyNot(functions: readonly Own[], name: string, line: number): string | undefined {
  const around = functions.find(({ first, last }) => first <= line && line <= last);
  if (!around) return 'no function of ours stands there';
  if (around.why !== undefined) return around.why;
  const isHead = new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(around.heads);
  return isHead ? undefined : 'no function of ours has that name';
}
