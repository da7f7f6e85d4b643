/** What a call does that an API table knows. */
import { isSecretKey } from '../../../../rules/kit/judgement.js';
import type { CallEntry } from '../apis.js';
import { GREATEST, LEAST } from './bounds.js';
import { functionsOf, operands, type Call, holdsFor } from './call.js';
import type { Frame } from './frame.js';
import { refine } from './refine.js';
import { render } from './render.js';
import { isPlainAddress } from './address.js';
import { findings, judgeParts, mark, stripping } from './call-sinks.js';
import { judgeConstant } from './constants.js';
import { isNoComparison, offered } from './offered.js';
import { judgeFilling } from './filling.js';
import { mayOutgrow, printed } from './formats.js';
import { PRINTED_LENGTH, SECRET, isAnnounced, isNumberRole, isSecret, isWayOut, mustVary } from './roles.js';
import { followed, judge, negative, used } from './sinks.js';
import { judgeSize } from './sizes.js';
import type { State } from './state.js';
import { pathKey } from './summary.js';
import { put } from './stores.js';
import { workedOut } from './worked-out.js';
import { COPY, isNumber, type Node, type Source } from './values.js';

export function speaksOfFlow(entry: CallEntry): boolean {
  return (
    entry.source !== undefined ||
    entry.named !== undefined ||
    entry.sink !== undefined ||
    entry.flow !== undefined ||
    entry.cleans !== undefined ||
    entry.checks !== undefined ||
    entry.frees !== undefined ||
    entry.allocates !== undefined ||
    entry.wipes !== undefined ||
    entry.exits !== undefined ||
    entry.holds !== undefined ||
    entry.equal !== undefined ||
    entry.bounds !== undefined ||
    entry.fails !== undefined ||
    entry.reads !== undefined ||
    entry.sinks !== undefined ||
    entry.marks !== undefined ||
    entry.gives !== undefined ||
    entry.refuses !== undefined ||
    entry.matches !== undefined ||
    entry.prefix !== undefined
  );
}

export function byTable(frame: Frame, state: State, call: Call, entry: CallEntry): Node | undefined {
  const { memory } = frame;
  const { span, name, args } = call;
  const site = `${String(span.start)}:${String(span.end)}`;
  const arrived = frame.arrivals.length;
  for (const [word, roles] of Object.entries(entry.sink ?? {}))
    for (const role of [roles].flat()) sink(frame, state, call, entry, word, role);
  judgeTaken(frame, state, call, entry, arrived);
  judgeParts(frame, state, call, entry.sinks);
  judgeFilling(frame, state, call, entry);
  if (frame.isC)
    for (const at of touched(entry)) {
      const [node, ex] = [args[at], call.exs[at]];
      if (node && ex)
        followed(frame, state, node, { start: ex[1], end: ex[2] }, render(ex, frame.world.func));
    }
  if (entry.exits && holdsFor(call, entry, false)) return undefined;
  mark(frame, state, call, entry);
  if (entry.holds !== undefined) {
    const ex = call.exs[entry.holds];
    if (ex && !refine(frame, state, ex, true)) return undefined;
  }
  const flows = new Map<string, Node[]>();
  const texts = printed(call, entry);
  for (const line of entry.flow ?? []) {
    const [from = '', to = ''] = line.split(' -> ');
    const nodes = operands(call, from)
      .filter((_, at) => !texts || from !== `${String((entry.format ?? 0) + 1)}..` || texts.has(at))
      .map(({ node }) => memory.contents(state, node));
    flows.set(to, [...(flows.get(to) ?? []), ...nodes]);
  }
  const spelled = workedOut(frame, state, call, entry);
  for (const to of new Set([...flows.keys(), ...spelled.keys()])) {
    if (to === 'return') continue;
    const [target] = operands(call, to);
    const says = `passes through ${name}`;
    if (target)
      put(
        frame,
        state,
        target.node,
        [...printedText(frame, call, entry, flows.get(to) ?? []), ...(spelled.get(to) ?? [])],
        [],
        `${site} ${to}`,
        span,
        says,
        COPY,
      );
  }
  const outside: Source[] = [];
  const kinds = [
    ...Object.entries(holdsFor(call, entry, true) ? (entry.source ?? {}) : {}),
    ...secrets(call, entry),
  ];
  for (const [word, kind] of kinds) {
    if (isSecret(kind)) frame.secrets = true;
    if (kind === PRINTED_LENGTH) {
      if (!mayOutgrow(call, entry)) continue;
      frame.prints = true;
    }
    const source = {
      kind,
      steps: [
        {
          at: frame.at({ start: call.instr[4][1], end: call.instr[4][2] }),
          says: `${name} ${bringing(kind)}`,
        },
      ],
    };
    const parameter = /^(\d+)\.(\d+)$/.exec(word);
    if (parameter) {
      const given = args[Number(parameter[1])];
      for (const target of given ? functionsOf(frame, given) : [])
        frame.world.seed(target, Number(parameter[2]), [source], undefined);
    } else if (word === 'return') outside.push(source);
    else
      for (const { node } of operands(call, word))
        put(frame, state, node, [], offered(entry, source), `${site} ${word}`, span, undefined);
  }
  const moves = entry.allocates !== undefined && entry.fails === 'null' ? (entry.frees ?? []) : [];
  if (moves.length === 0) for (const at of entry.frees ?? []) free(frame, state, call, at);
  for (const at of entry.overwrites ?? []) {
    const node = args[at];
    if (node) state.wipe(memory.freedKey(node));
  }
  for (const at of entry.wipes ?? []) {
    const node = args[at];
    if (!node) continue;
    put(frame, state, node, [], [], `${site} wiped`, span, undefined);
    state.wipe(memory.freedKey(node));
  }
  if (entry.allocates !== undefined) {
    const made = allocate(frame, state, call, entry, entry.allocates);
    for (const at of moves) moved(frame, state, call, at, made);
    return made;
  }
  const passes = flows.get('return') ?? [];
  const node = result(frame, state, call, entry, passes, outside, site);
  mark(frame, state, call, entry, node);
  const [one, other] = (entry.equal ?? []).map((at) => args[at] && memory.contents(state, args[at]));
  if (one && other) frame.equals.set(node.id, [one, other]);
  for (const [word, roles] of Object.entries(entry.cleans ?? {})) {
    const cleaned =
      word === 'return' ? [node] : operands(call, word).map((each) => memory.contents(state, each.node));
    for (const each of cleaned) state.learn(each, { clean: new Set(roles) });
  }
  findings(frame, state, call, entry, node);
  stripping(state, call, entry, node);
  if (entry.about !== undefined)
    frame.about.set(
      node.id,
      operands(call, entry.about).map((each) => memory.contents(state, each.node)),
    );
  const [same] = entry.gives === undefined ? [] : operands(call, entry.gives);
  return same?.node ?? node;
}

/** What a call does that is a source of this kind. */
function bringing(kind: string): string {
  if (kind === PRINTED_LENGTH) return 'tells how long the whole text is';
  if (isAnnounced(kind)) return `tells ${kind}`;
  return isSecret(kind) ? `brings in ${kind}` : `brings in what comes from ${kind}`;
}

/** What a format prints is one text: its fixed parts and the texts between them, in order. */
function printedText(frame: Frame, call: Call, entry: CallEntry, nodes: readonly Node[]): readonly Node[] {
  const format = entry.format === undefined ? undefined : call.args[entry.format];
  if (format?.kind !== 'text' || nodes.length === 0) return nodes;
  const pieces = String(format.value).split(/%[-+ #0-9.*hljztLq]*[sScC]/);
  if (pieces.length !== nodes.length + 1 || pieces.every((piece) => piece === '')) return nodes;
  const { values } = frame;
  const parts = pieces.flatMap((piece, at) => [
    ...(piece === '' ? [] : [values.text(piece)]),
    ...(nodes[at] ? [nodes[at]] : []),
  ]);
  return [values.compound('pure', 'join', parts)];
}

/** Arguments behind which the call reads or writes by itself. */
function touched(entry: CallEntry): Set<number> {
  const words = [
    ...Object.keys(entry.fills ?? {}),
    ...Object.keys(entry.source ?? {}),
    ...(entry.flow ?? []).flatMap((line) => (line.endsWith('return') ? [] : line.split(' -> '))),
  ];
  return new Set(words.filter((word) => /^\d+$/.test(word)).map(Number));
}

/** What comes in under a name that is a secret's. */
function secrets({ args }: Call, entry: CallEntry): [word: string, kind: string][] {
  return Object.entries(entry.named ?? {}).flatMap(([word, at]): [string, string][] => {
    const name = args[Number(at)];
    return name?.kind === 'text' && isSecretKey(String(name.value)) ? [[word, SECRET]] : [];
  });
}

export function result(
  frame: Frame,
  state: State,
  call: Call,
  entry: CallEntry,
  passes: readonly Node[],
  sources: readonly Source[],
  site: string,
): Node {
  const { values } = frame;
  const { name, span } = call;
  const cleaned = entry.cleans?.['return'];
  const clean = cleaned && new Set(cleaned);
  const isPure =
    sources.length === 0 &&
    entry.fails === undefined &&
    entry.bounds === undefined &&
    entry.returns === undefined &&
    entry.refuses === undefined &&
    entry.matches === undefined &&
    entry.strips === undefined;
  if (isPure && (LEAST.test(name) || GREATEST.test(name))) return values.compound('pure', name, call.args);
  if (isPure && entry.flow !== undefined && passes.length > 0 && !frame.world.func.async) {
    const only = passes.length === 1 ? passes[0] : undefined;
    if (only && isNumber(only) && /^(nto|hto)n[sl]$/.test(name))
      return values.leaf('pure', `${name} ${String(only.value)}`, { name });
    return values.compound('pure', name, passes, undefined, clean);
  }
  const node = values.renew('site', `result ${site}`, {
    of: passes,
    sources,
    ...(clean && { clean }),
    made: { at: span, says: sources.length > 0 ? `${name} gives it back` : `passes through ${name}` },
    ...(entry.returns !== undefined && frame.isC && { type: entry.returns }),
    ...(entry.fails === 'negative' && { name: 'may fail', type: 'int' }),
  });
  frame.renewed(state, node);
  if (entry.fails === 'negative') state.learn(node, { lo: -1 });
  for (const bound of entry.bounds ?? []) {
    const [, operator, right = ''] = bound.split(' ');
    const constant = right.startsWith('#') ? values.number(Number(right.slice(1))) : call.args[Number(right)];
    if (!constant) continue;
    if (operator === '<=')
      state.learn(
        node,
        isNumber(constant) ? { hi: constant.value } : { above: [{ node: constant, offset: 0 }] },
      );
    else if (isNumber(constant)) state.learn(node, { lo: constant.value });
  }
  return node;
}

function sink(frame: Frame, state: State, call: Call, entry: CallEntry, word: string, role: string): void {
  if (role === 'a plain channel' && entry.address !== undefined) {
    const address = call.args[entry.address];
    if (!address || !isPlainAddress(frame, state, address)) return;
  }
  // What lies in memory only is no storage.
  if (role === 'plain storage' && call.args.some((each) => IN_MEMORY.test(startOf(each)))) return;
  if (isNoComparison(call, entry, role)) return;
  const isPrinted = entry.format !== undefined && word === `${String(entry.format + 1)}..`;
  const shown =
    isPrinted && (isWayOut(role) || role === 'a log line')
      ? printed(call, entry, isWayOut(role) ? /[sScCxX]/ : /[sS]/)
      : undefined;
  for (const [at, { node, ex }] of operands(call, word).entries()) {
    if (shown && !shown.has(at)) continue;
    const span = ex ? { start: ex[1], end: ex[2] } : call.span;
    const text = ex ? render(ex, frame.world.func) : call.name;
    if (mustVary(role)) {
      if (holdsFor(call, entry, true))
        judgeConstant(frame, state, node, { role, span, text, callee: call.name });
      continue;
    }
    if (!isNumberRole(role)) {
      judge(frame, state, node, { role, span, text, callee: call.name });
      continue;
    }
    negative(frame, state, node, span, text, role);
    judgeSize(frame, state, node, { span, text, by: call.name, role });
    const filled = Object.entries(entry.fills ?? {}).find(([, size]) => size === word)?.[0];
    const target = filled === undefined ? undefined : call.args[Number(filled)];
    const room = target && frame.memory.room(target);
    judge(frame, state, node, {
      role,
      span,
      text,
      callee: call.name,
      limit: LIMITS[role] ?? room?.bytes,
      room: room?.node,
    });
  }
}

/** A length by which something is read is no larger than what is there; where more is written than fits, that is said already. */
function judgeTaken(frame: Frame, state: State, call: Call, entry: CallEntry, arrived: number): void {
  if (!frame.emitting || frame.arrivals.length > arrived) return;
  for (const [word, size] of Object.entries(entry.takes ?? {})) {
    const [from, node, ex] = [call.args[Number(word)], call.args[Number(size)], call.exs[Number(size)]];
    const there = from && frame.memory.room(from);
    if (!there || !node || !ex || (there.bytes === undefined && !there.node)) continue;
    judge(frame, state, node, {
      role: 'a source length',
      span: { start: ex[1], end: ex[2] },
      text: render(ex, frame.world.func),
      callee: call.name,
      limit: there.bytes,
      room: there.node,
    });
  }
}

/** Folders that are gone when the device is off. */
const IN_MEMORY = /^\/(run|dev\/shm)\//;

/** The fixed text that a value begins with. */
function startOf(node: Node): string {
  if (node.kind === 'text') return `${String(node.value)}/`;
  const [first] = node.of;
  return (node.kind === 'pure' || node.kind === 'site') && first ? startOf(first) : '';
}

/** An allocation that a number of sixteen bits bounds, and a header, cannot exhaust a device; on the stack one of eight. */
const LIMITS: Readonly<Record<string, number>> = { 'an allocation size': 2 ** 17, 'a stack size': 255 };

export function free(frame: Frame, state: State, call: Call, at: number): void {
  const node = call.args[at];
  const ex = call.exs[at];
  if (!node || !ex || isNumber(node) || node.kind === 'text') return;
  if (state.fact(node).is0) return;
  const span = { start: ex[1], end: ex[2] };
  used(frame, state, node, span, render(ex, frame.world.func), 'double-free');
  const key = frame.memory.freedKey(node);
  state.free(key, { at: call.span, by: call.name, sure: true });
}

/** Memory that is moved elsewhere: what was there is freed where that worked, and stays where it did not. */
function moved(frame: Frame, state: State, call: Call, at: number, made: Node): void {
  const { span, name } = call;
  const node = call.args[at];
  const ex = call.exs[at];
  if (!node || !ex || isNumber(node) || state.fact(node).is0) return;
  used(frame, state, node, { start: ex[1], end: ex[2] }, render(ex, frame.world.func));
  const key = frame.memory.freedKey(node);
  state.free(key, { at: span, by: name, sure: false });
  const param = { index: at, path: [] };
  frame.results.set(made.id, {
    exits: [
      { value: 0, facts: [], frees: [] },
      { value: undefined, facts: [], frees: [{ param, sure: true, by: name }] },
    ],
    args: call.args,
    freed: new Map([[pathKey(param), key]]),
  });
}

function allocate(frame: Frame, state: State, call: Call, entry: CallEntry, sizes: string): Node {
  const { values, memory } = frame;
  const factors = sizes === '' ? [] : sizes.split('*').flatMap((at) => call.args[Number(at)] ?? []);
  const [first, second] = factors;
  const count = first && second ? frame.evaluator.fold.binary('*', first, second) : first;
  const key = `a${String(call.span.start)}`;
  const object = memory.object({
    key,
    kind: 'allocation',
    isArray: true,
    ...(count && { count, elementSize: 1 }),
    made: {
      at: call.span,
      by: call.name,
      mayFail: entry.fails === 'null',
      ...(entry.onStack && { onStack: true }),
    },
  });
  const node = values.address(object, '', values.number(0));
  state.drop(key);
  state.unfree(key);
  if (!entry.onStack) state.acquire(key);
  frame.allocated(state, node);
  return node;
}
