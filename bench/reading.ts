/**
 * `npm run bench:reading -- TREE [FOLDER…] [--seed N] [--count N]`: functions of the `.c` files below a tree, picked at
 * random, with what the facts and the lowered graph hold of each line, for somebody to read. Functions are counted by
 * universal-ctags. Half of them hold an `#if`, a macro that is given a block, or a call in capitals.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Apis } from '../server/src/engine/apis.js';
import { CText } from '../server/src/engine/cfront/ctext.js';
import { NAME } from '../server/src/engine/cfront/tokens.js';
import { isKnown, NO_CALL } from '../server/src/engine/cfront/words.js';
import { Engine } from '../server/src/engine/engine.js';
import type { FileFacts } from '../server/src/engine/facts/model.js';
import { unpacked } from '../server/src/engine/flow/packed.js';
import { Lines } from '../server/src/engine/lines.js';
import { RuleSet } from '../server/src/engine/rule-set.js';
import { grammars } from '../test/support/grammars.js';
import { type Tag, functionsByCtags } from './ctags.js';
import { type Seen, tell } from './held.js';
import { SourceTree } from './tree.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '50' } },
});
const [root = '.', ...folders] = positionals;
const tree = new SourceTree(resolve(root));
const sources = tree.sources.filter(
  (file) => folders.length === 0 || folders.some((folder) => file.startsWith(`${folder}/`)),
);
const engine = new Engine(grammars);
const rules = new RuleSet([], { c: new Apis([], 'c'), ts: new Apis([], 'ts') });
const KEYWORDS = new Set(
  'if else while do for switch case default return goto break continue sizeof struct union enum const volatile static extern unsigned signed int char long short float double void inline register bool NULL true false'.split(
    ' ',
  ),
);
let marked = 0;
const picks = picked(Number(values.count), random(Number(values.seed)));
for (const tag of picks) await show(tag);
console.log(`${String(picks.length)} functions, ${String(marked)} lines marked`);

function picked(count: number, next: () => number): Tag[] {
  const all = [...functionsByCtags(resolve(root), sources).values()].flat();
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    const [one, two] = [all[at], all[other]];
    if (one && two) [all[at], all[other]] = [two, one];
  }
  const any = all.slice(0, Math.floor(count / 2));
  return [
    ...any,
    ...all
      .slice(any.length)
      .filter(isTwisted)
      .slice(0, count - any.length),
  ];
}

/** Where a reader without a preprocessor goes wrong. */
function isTwisted({ path, line, end = line }: Tag): boolean {
  const body = tree.text(path).split('\n').slice(line, end).join('\n');
  const calls = body.matchAll(/\b([A-Za-z_]\w*)\s*\([^;{}]*\)\s*(\{)?/g);
  return (
    /^[ \t]*#[ \t]*if/m.test(body) ||
    [...calls].some(({ 1: name = '', 2: block }) =>
      block === undefined ? /^[A-Z_][A-Z0-9_]{3,}$/.test(name) : !isKnown(name, NO_CALL),
    )
  );
}

/** The function's source, beneath each line what is known of it; `!!` names the words that nothing is known of. */
async function show({ name, path, line, end = line }: Tag): Promise<void> {
  const text = tree.text(path);
  const lines = new Lines(text);
  const known = await factsOf(path, text);
  const [from, to] = [lines.start(line - 1), lines.start(end)];
  const held = new Map<number, Set<string>>();
  const say = (offset: number, what: string): void => {
    const at = lines.position(offset).line;
    held.set(at, (held.get(at) ?? new Set()).add(what));
  };
  const seen: Seen = { starts: new Set(), ends: new Set(), words: new Set() };
  for (const func of known.flow)
    if (from < func.end && func.start < to) tell(unpacked(func), text, say, seen);
  for (const { start, end: past, path: callee, args, result } of known.calls)
    if (from <= start && past <= to)
      say(start, `fact: call ${callee} of ${String(args.length)}, result ${result}`);
  console.log(`\n=== ${path}:${String(line)} ${name}`);
  for (const { start, end: past, reason } of known.gaps)
    if (from < past && start < to)
      console.log(`GAP at line ${String(lines.position(start).line + 1)}: ${reason}`);
  const missing = unknownWords(text, path, from, to, seen, lines);
  for (let at = line - 1; at < end; at++) {
    console.log(`${String(at + 1).padStart(5)} ${lines.line(at)}`);
    const facts = [...(held.get(at) ?? [])].join(' ; ');
    if (facts !== '') console.log(`      · ${facts}`);
    const words = missing.get(at);
    if (words) console.log(`   !! ${words.join(' ')}`);
    if (words) marked++;
  }
}

/** Every call is listened to. */
async function factsOf(path: string, text: string): Promise<FileFacts> {
  const calls = new Set(text.match(/[A-Za-z_]\w*(?=\s*\()/g) ?? []);
  const interest = { ...rules.interest('c', () => new Set()), calls, flow: true };
  const read = await engine.read({ grammar: 'c', text, interest, masks: tree.masksOf(path), asked: [] });
  return read.facts;
}

/** Words of the body that stand in no expression, by line; keywords, labels and what `#if 0` takes out are none. */
function unknownWords(
  text: string,
  path: string,
  from: number,
  to: number,
  seen: Seen,
  lines: Lines,
): Map<number, string[]> {
  const { tokens, items, conditions } = new CText(text, tree.masksOf(path));
  const body = Math.max(from, text.indexOf('{', from));
  const first = items.find((item) => item.start <= body && body < item.end);
  const missing = new Map<number, string[]>();
  for (let index = first?.first ?? 0; index < tokens.starts.length; index++) {
    const [start = 0, end = 0] = [tokens.starts[index], tokens.ends[index]];
    if (start >= to) break;
    if (start < body || tokens.kinds[index] !== NAME) continue;
    const word = text.slice(start, end);
    const before = text.slice(tokens.starts[index - 1] ?? 0, start).trim();
    if (KEYWORDS.has(word) || before === 'goto' || seen.starts.has(start) || seen.ends.has(end)) continue;
    if (seen.words.has(word) || /^\s*:(?!:)/.test(text.slice(end, end + 20))) continue;
    const dead = conditions.some(
      ({ start: a, end: b, condition }) => a <= start && start < b && /(^|&& )\(?0\)?( &&|$)/.test(condition),
    );
    if (dead) continue;
    const { line } = lines.position(start);
    missing.set(line, [...(missing.get(line) ?? []), word]);
  }
  return missing;
}

/** Mulberry32: the same picks for the same seed everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
