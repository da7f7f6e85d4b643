/** What a call does: as a table says, as the summary of a function of the product says, or as nobody says. */
import type { CallEntry } from '../apis.js';
import type { Frame } from './frame.js';
import type { Ex } from './ir.js';
import { GREATEST, LEAST } from './bounds.js';
import { isNumberRole } from './roles.js';
import { render } from './render.js';
import { refine } from './refine.js';
import { judge, judgeBeyond, negative, used } from './sinks.js';
import type { State } from './state.js';
import type { FunctionRef, Given, Summary } from './summary.js';
import { pointsToConst } from './types.js';
import { type Node, type Source, isNumber } from './values.js';
import type { CallInstr, Callee } from './world.js';
import { split } from './memory.js';

/** A call with its operands worked out. */
interface Call {
  readonly instr: CallInstr;
  readonly name: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly receiver: Node | undefined;
  readonly receiverEx: Ex | undefined;
  readonly args: readonly Node[];
  readonly exs: readonly Ex[];
}

/** Applies a call to a state. Answers false where the call does not come back. */
export function applyCall(frame: Frame, state: State, instr: CallInstr): boolean {
  const [, start, end, result, calleeEx, exs] = instr;
  const args = exs.map((each) => frame.evaluator.eval(state, each));
  const receiverEx = calleeEx[0] === '.' && !frame.isC ? calleeEx[3] : undefined;
  const receiver = receiverEx && frame.evaluator.eval(state, receiverEx);
  const callee = resolved(frame, state, instr, receiver);
  const call: Call = { instr, name: callee.name, span: { start, end }, receiver, receiverEx, args, exs };
  const frees = new Set(callee.entry?.frees ?? []);
  args.forEach((each, index) => {
    const ex = exs[index];
    if (ex && !frees.has(index) && isPointerLike(each))
      used(frame, state, each, { start: ex[1], end: ex[2] }, render(ex, frame.world.func));
  });
  let value: Node;
  if (callee.entry && speaksOfFlow(callee.entry)) {
    const made = byTable(frame, state, call, callee.entry);
    if (!made) return false;
    value = made;
  } else {
    const known = callee.targets.flatMap((ref) => {
      const summary = frame.world.summary(ref);
      return summary ? [{ ref, summary }] : [];
    });
    if (known.length > 0) {
      if (known.every(({ summary }) => summary.neverReturns)) return false;
      value = bySummaries(frame, state, call, known);
    } else value = byNobody(frame, state, call, callee.targets.length > 0);
  }
  seedTypes(frame, call, callee);
  const type = callee.constructs ?? callee.entry?.returns;
  if (type !== undefined && !frame.isC && value.type === undefined && value.kind !== 'address')
    value = frame.values.compound('pure', 'typed', [value], type);
  if (result >= 0) {
    const target = frame.evaluator.variable(result);
    frame.memory.write(state, { object: target, selector: '' }, value, String(start));
  }
  return true;
}

function resolved(frame: Frame, state: State, instr: CallInstr, receiver: Node | undefined): Callee {
  const callee = frame.world.callee(instr);
  if (callee.entry || callee.targets.length > 0) return callee;
  const calleeEx = instr[4];
  // A call through a pointer: what is known of its value, or of the table it is taken from.
  if (!frame.isC && receiver?.type !== undefined && calleeEx[0] === '.') {
    const targets = frame.world.methods(receiver.type, calleeEx[4]);
    if (targets.length > 0) return { ...callee, targets };
  }
  const value = frame.evaluator.eval(state, calleeEx);
  const targets = functionsOf(frame, value);
  return targets.length > 0 ? { ...callee, targets } : callee;
}

function functionsOf(frame: Frame, value: Node, depth = 4): FunctionRef[] {
  if (value.func) {
    const ref = frame.world.refOf(value.func);
    return ref ? [ref] : [];
  }
  if (depth === 0) return [];
  if (value.kind === 'shared' && value.name !== undefined) {
    return [...frame.world.held(value.name, '')];
  }
  if (value.kind === 'phi')
    return [...(value.ways?.values() ?? [])]
      .flatMap(({ node }) => functionsOf(frame, node, depth - 1))
      .slice(0, 8);
  const [inner] = value.of;
  if (/^(element|field|cast|content|pure)$/.test(value.kind) && inner)
    return functionsOf(frame, inner, depth - 1);
  return [];
}

function isPointerLike(node: Node): boolean {
  return node.kind !== 'number' && node.kind !== 'text' && node.kind !== 'function';
}

function speaksOfFlow(entry: CallEntry): boolean {
  return (
    entry.source !== undefined ||
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
    entry.reads !== undefined
  );
}

/** Positions that a table's word means: `2`, `3..`. */
function positions(word: string, count: number): number[] {
  const from = Number.parseInt(word, 10);
  if (Number.isNaN(from)) return [];
  return word.endsWith('..')
    ? Array.from({ length: Math.max(0, count - from) }, (_, at) => from + at)
    : [from];
}

function operands(call: Call, word: string): { node: Node; ex: Ex | undefined }[] {
  if (word === 'this') return call.receiver ? [{ node: call.receiver, ex: call.receiverEx }] : [];
  return positions(word, call.args.length).flatMap((at) => {
    const node = call.args[at];
    return node ? [{ node, ex: call.exs[at] }] : [];
  });
}

function byTable(frame: Frame, state: State, call: Call, entry: CallEntry): Node | undefined {
  const { memory } = frame;
  const { span, name, args } = call;
  const site = `${String(span.start)}:${String(span.end)}`;
  for (const [word, role] of Object.entries(entry.sink ?? {})) sink(frame, state, call, entry, word, role);
  if (entry.exits) return undefined;
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
  for (const [to, nodes] of flows) {
    if (to === 'return') continue;
    const [target] = operands(call, to);
    if (target) put(frame, state, target.node, nodes, [], `${site} ${to}`, span, `passes through ${name}`);
  }
  const applies = Object.entries(entry.when ?? {}).every(([at, allowed]) => {
    const node = args[Number(at)];
    return node !== undefined && (node.kind !== 'text' || allowed.includes(String(node.value)));
  });
  const outside: Source[] = [];
  for (const [word, kind] of Object.entries(applies ? (entry.source ?? {}) : {})) {
    const source = {
      kind,
      steps: [
        {
          at: frame.at({ start: call.instr[4][1], end: call.instr[4][2] }),
          says: `${name} brings in what comes from ${kind}`,
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
        put(frame, state, node, [], [source], `${site} ${word}`, span, undefined);
  }
  for (const at of entry.frees ?? []) free(frame, state, call, at);
  for (const at of entry.wipes ?? []) {
    const node = args[at];
    if (node) state.wipe(memory.freedKey(node));
  }
  if (entry.allocates !== undefined) return allocate(frame, state, call, entry, entry.allocates);
  const passes = flows.get('return') ?? [];
  const node = result(frame, state, call, entry, passes, outside, site);
  const [one, other] = (entry.equal ?? []).map((at) => args[at] && memory.contents(state, args[at]));
  if (one && other) frame.equals.set(node.id, [one, other]);
  for (const [word, roles] of Object.entries(entry.cleans ?? {})) {
    const cleaned =
      word === 'return' ? [node] : operands(call, word).map((each) => memory.contents(state, each.node));
    for (const each of cleaned) state.learn(each, { clean: new Set(roles) });
  }
  const subjects = Object.entries(entry.checks ?? {}).flatMap(([word, roles]) =>
    operands(call, word).map((each) => ({ node: memory.contents(state, each.node), roles: new Set(roles) })),
  );
  if (
    subjects.length > 0 &&
    !(call.receiver && call.receiver.kind !== 'regex' && frame.isOutside(state, call.receiver))
  )
    frame.checks.set(node.id, { receiver: call.receiver, subjects });
  return node;
}

/** Positions after a printf format, counted from the first value, that are printed as text; undefined where the format is unknown. */
function printed(call: Call, entry: CallEntry): Set<number> | undefined {
  if (entry.format === undefined) return undefined;
  const format = call.args[entry.format];
  if (format?.kind !== 'text') return undefined;
  const texts = new Set<number>();
  let at = 0;
  for (const [, flags = '', letter = ''] of String(format.value).matchAll(
    /%([-+ #0-9.*hljztLq]*)([a-zA-Z%[])/g,
  )) {
    if (letter === '%') continue;
    at += flags.split('*').length - 1;
    if (/[sScC[]/.test(letter)) texts.add(at);
    at++;
  }
  return texts;
}

function result(
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
  const isPure =
    sources.length === 0 &&
    entry.fails === undefined &&
    entry.bounds === undefined &&
    entry.returns === undefined;
  if (isPure && (LEAST.test(name) || GREATEST.test(name))) return values.compound('pure', name, call.args);
  if (isPure && entry.flow !== undefined && passes.length > 0 && !frame.world.func.async) {
    const only = passes.length === 1 ? passes[0] : undefined;
    if (only && isNumber(only) && /^(nto|hto)n[sl]$/.test(name))
      return values.leaf('pure', `${name} ${String(only.value)}`, { name });
    return values.compound('pure', name, passes);
  }
  const node = values.renew('site', `result ${site}`, {
    of: passes,
    sources,
    made: { at: span, says: sources.length > 0 ? `${name} gives it back` : `passes through ${name}` },
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

/** New contents behind a pointer. */
function put(
  frame: Frame,
  state: State,
  pointer: Node,
  from: readonly Node[],
  sources: readonly Source[],
  site: string,
  span: { readonly start: number; readonly end: number },
  says: string | undefined,
): void {
  const place = frame.memory.behind(pointer, undefined);
  const whole = { object: place.object, selector: place.selector };
  const type =
    place.selector === '' ? place.object.type : frame.memory.typeAt(place.object, place.selector)?.type;
  // Only a part of it is replaced where the pointer points into the middle.
  const former =
    place.index && !(isNumber(place.index) && place.index.value === 0)
      ? [frame.memory.read(state, whole)]
      : [];
  const node = frame.values.renew('site', `content ${site}`, {
    of: [...from, ...former].filter(
      (each) => each.kind !== 'site' || !each.of.some((inner) => inner === each),
    ),
    sources,
    ...(says !== undefined && { made: { at: span, says } }),
    ...(type !== undefined && { type }),
  });
  frame.renewed(state, node);
  state.set(whole.object.key, whole.selector, node);
  written(frame, state, pointer, node);
}

/** Remembers for the summary what was written behind a parameter or into a shared variable. */
export function written(frame: Frame, state: State, pointer: Node, value: Node): void {
  if (!frame.emitting) return;
  const place = frame.memory.behind(pointer, undefined);
  store(frame, state, place.object.key, place.selector, place.object.kind, pointer, value);
}

export function store(
  frame: Frame,
  state: State,
  key: string,
  selector: string,
  kind: string,
  pointer: Node | undefined,
  value: Node,
): void {
  if (!frame.emitting) return;
  if (kind === 'variable' || kind === 'allocation' || kind === 'object') return;
  const given = frame.given(state, value);
  if (given.length === 0) return;
  if (kind === 'global') {
    const sources = given.flatMap(({ source }) => (source ? [source] : []));
    if (sources.length > 0) frame.world.share(key, selector, sources);
    for (const each of given) if (each.param) frame.stores.push({ key, selector, given: each });
    return;
  }
  const target = pointer && paramOf(frame, pointer);
  if (!target) return;
  const path = [
    '*',
    ...(selector === '' ? [] : selector.split('.').map((part) => part.replace(/\[.*$/, ''))),
  ];
  const id = `${String(target)} ${path.join('.')}`;
  const known = frame.written.get(id);
  if (known) known.from.push(...given.slice(0, 4));
  else
    frame.written.set(id, {
      param: { index: target.index, path: [...target.path, ...path] },
      from: given.slice(0, 8),
    });
}

/** The parameter that a pointer is, or is read from. */
function paramOf(frame: Frame, pointer: Node): { index: number; path: readonly string[] } | undefined {
  let { base } = split(pointer, frame.values);
  const path: string[] = [];
  for (let hops = 0; hops < 5; hops++) {
    if (base.kind === 'param') return { index: base.param ?? 0, path };
    if (base.kind === 'address' && base.object?.behind) {
      base = base.object.behind;
      continue;
    }
    const [inner] = base.of;
    if (!inner) return undefined;
    if (base.kind === 'content') path.unshift('*');
    else if (base.kind === 'field') path.unshift(base.name ?? '');
    else if (base.kind !== 'cast') return undefined;
    base = inner;
  }
  return undefined;
}

function sink(frame: Frame, state: State, call: Call, entry: CallEntry, word: string, role: string): void {
  for (const { node, ex } of operands(call, word)) {
    const span = ex ? { start: ex[1], end: ex[2] } : call.span;
    const text = ex ? render(ex, frame.world.func) : call.name;
    if (!isNumberRole(role)) {
      judge(frame, state, node, { role, span, text, callee: call.name });
      continue;
    }
    negative(frame, state, node, span, text, role);
    const filled = Object.entries(entry.fills ?? {}).find(([, size]) => size === word)?.[0];
    const target = filled === undefined ? undefined : call.args[Number(filled)];
    const room = target && frame.memory.room(target);
    if (room?.bytes !== undefined && isNumber(node) && node.value > room.bytes)
      frame.report({ event: 'index-out-of-bounds', text, by: call.name, sure: true, path: [] }, span);
    judge(frame, state, node, {
      role,
      span,
      text,
      callee: call.name,
      limit: role === 'an allocation size' ? LARGEST_HARMLESS : room?.bytes,
      room: room?.node,
    });
  }
}

/** An allocation that a type of sixteen bits bounds cannot exhaust a device by itself. */
const LARGEST_HARMLESS = 65_535;

/** Somebody else knows of the memory from here on. */
export function giveAway(frame: Frame, state: State, pointer: Node): void {
  const key = frame.memory.freedKey(pointer);
  state.release(key);
  if (frame.emitting) frame.given_away.add(key);
}

function free(frame: Frame, state: State, call: Call, at: number): void {
  const node = call.args[at];
  const ex = call.exs[at];
  if (!node || !ex || isNumber(node) || node.kind === 'text') return;
  if (state.fact(node).is0) return;
  const span = { start: ex[1], end: ex[2] };
  used(frame, state, node, span, render(ex, frame.world.func), 'double-free');
  const key = frame.memory.freedKey(node);
  state.free(key, { at: call.span, by: call.name, sure: true });
}

function allocate(frame: Frame, state: State, call: Call, entry: CallEntry, sizes: string): Node {
  const { values, memory } = frame;
  const factors = sizes === '' ? [] : sizes.split('*').flatMap((at) => call.args[Number(at)] ?? []);
  const [first, second] = factors;
  const count = first && second ? frame.evaluator.binary('*', first, second) : first;
  const key = `a${String(call.span.start)}`;
  const object = memory.object({
    key,
    kind: 'allocation',
    isArray: true,
    ...(count && { count, elementSize: 1 }),
    made: { at: call.span, by: call.name, mayFail: entry.fails === 'null' },
  });
  const node = values.address(object, '', values.number(0));
  state.drop(key);
  state.unfree(key);
  state.acquire(key);
  frame.renewed(state, node);
  return node;
}

function seedTypes(frame: Frame, call: Call, { entry }: Callee): void {
  if (!frame.emitting || !entry?.callbacks) return;
  call.args.forEach((arg, at) => {
    const types = entry.callbacks?.[String(at)] ?? entry.callbacks?.['*'];
    if (!types) return;
    for (const target of functionsOf(frame, arg))
      types.forEach((type, param) => {
        frame.world.seed(target, param, [], type);
      });
  });
}

function bySummaries(
  frame: Frame,
  state: State,
  call: Call,
  targets: readonly { readonly ref: FunctionRef; readonly summary: Summary }[],
): Node {
  const { values } = frame;
  const { span } = call;
  const { args } = call;
  const of: Node[] = [];
  const sources: Source[] = [];
  let type: string | undefined;
  for (const { ref, summary } of targets) {
    const name = ref.func.name === '' ? 'a function' : ref.func.name;
    if (frame.emitting)
      for (const inner of summary.sinks) {
        const node = frame.nodeAt(state, args, inner.param);
        const ex = call.exs[inner.param.index];
        if (node) judgeBeyond(frame, state, node, inner, ex ? { start: ex[1], end: ex[2] } : span, name);
      }
    const back = { at: frame.at(span), says: `${name} gives it back` };
    for (const given of summary.gives) {
      if (given.source) sources.push(frame.further(given.source, [back]));
      const node = frame.received(state, args, given);
      if (node) of.push(node);
    }
    for (const { param, from } of summary.writes) outcome(frame, state, call, args, param, from, name);
    invoke(frame, state, args, summary);
    for (const exit of summary.exits)
      for (const { param, by, sure } of exit.frees) {
        const pointer = frame.nodeAt(state, args, param);
        if (!pointer || isNumber(pointer)) continue;
        const ex = call.exs[param.index];
        if (param.path.length === 0 && ex && frame.emitting && exit === summary.exits[0])
          used(
            frame,
            state,
            pointer,
            { start: ex[1], end: ex[2] },
            render(ex, frame.world.func),
            'double-free',
          );
        const always =
          sure &&
          targets.length === 1 &&
          summary.exits.every(({ frees }) =>
            frees.some(
              (each) => each.param.index === param.index && each.param.path.join() === param.path.join(),
            ),
          );
        const key = frame.memory.freedKey(pointer);
        state.free(key, { at: span, by: `${name} (${by})`, sure: always });
      }
    if (frame.emitting)
      for (const { key, selector, given } of summary.stores) {
        const node = frame.received(state, args, given);
        const stored = node ? sourcesOf(frame, state, node) : [];
        if (stored.length > 0) frame.world.share(key, selector, stored);
      }
    for (const kept of summary.keeps) {
      const pointer = args[kept];
      if (pointer) giveAway(frame, state, pointer);
    }
    type ??= summary.type;
  }
  const only = targets.length === 1 ? targets[0]?.summary : undefined;
  const same = only?.same && frame.nodeAt(state, args, only.same);
  if (same) return same;
  if (only?.allocates) {
    const { by, mayFail, size } = only.allocates;
    const bytes = typeof size === 'number' ? values.number(size) : size && frame.nodeAt(state, args, size);
    const key = `a${String(span.start)}`;
    const object = frame.memory.object({
      key,
      kind: 'allocation',
      isArray: true,
      ...(bytes && { count: bytes, elementSize: 1 }),
      made: { at: span, by: `${call.name} (${by})`, mayFail },
    });
    const address = values.address(object, '', values.number(0));
    state.drop(key);
    state.unfree(key);
    state.acquire(key);
    frame.renewed(state, address);
    if (sources.length > 0 || of.length > 0)
      state.set(key, '', values.renew('site', `content ${String(span.start)}`, { of, sources }));
    return address;
  }
  const node = values.renew('site', `result ${String(span.start)}:${String(span.end)}`, {
    of,
    sources,
    made: { at: span, says: `comes back from ${call.name}` },
    ...(type !== undefined && { type }),
  });
  frame.renewed(state, node);
  if (only) {
    const { hi, lo, above } = only.bounds;
    const relations = (above ?? []).flatMap((path) => {
      const bound = frame.nodeAt(state, args, path);
      return bound ? [{ node: bound, offset: 0 }] : [];
    });
    if (hi !== undefined || lo !== undefined || relations.length > 0)
      state.learn(node, {
        ...(hi !== undefined && { hi }),
        ...(lo !== undefined && { lo }),
        ...(relations.length > 0 && { above: relations }),
      });
    frame.results.set(node.id, { exits: only.exits, args });
    // What holds at every exit holds now.
    frame.narrowExits(state, node, () => true);
  } else frame.results.delete(node.id);
  return node;
}

/** Contents that a function of the product has written behind one of its parameters. */
function outcome(
  frame: Frame,
  state: State,
  call: Call,
  args: readonly Node[],
  param: { readonly index: number; readonly path: readonly string[] },
  from: readonly Given[],
  name: string,
): void {
  const [first, ...rest] = param.path;
  const pointer = args[param.index];
  if (!pointer || first !== '*') return;
  const nodes: Node[] = [];
  const sources: Source[] = [];
  for (const given of from) {
    if (given.source) sources.push(given.source);
    const node = frame.received(state, args, given);
    if (node) nodes.push(node);
  }
  if (nodes.length === 0 && sources.length === 0) return;
  let place = frame.memory.behind(pointer, undefined);
  for (const [at, part] of rest.entries()) {
    if (part === '*') {
      const inner = frame.memory.read(state, place);
      place = frame.memory.behind(inner, undefined);
      if (at > 3) return;
    } else
      place = { object: place.object, selector: place.selector === '' ? part : `${place.selector}.${part}` };
  }
  const id = `out ${String(call.span.start)} ${String(param.index)} ${param.path.join('.')}`;
  const former = frame.memory.read(state, place);
  const node = frame.values.renew('site', id, {
    of: former.kind === 'site' && former.of.length === 0 && !former.sources ? nodes : [...nodes, former],
    sources,
    made: { at: call.span, says: `is written by ${name}` },
  });
  if (node === former) return;
  frame.renewed(state, node);
  state.set(place.object.key, place.selector, node);
  written(frame, state, pointer, node);
}

/** Functions that were handed over and are called with what the function knows. */
function invoke(frame: Frame, state: State, args: readonly Node[], summary: Summary): void {
  if (!frame.emitting) return;
  for (const { param, args: given } of summary.invokes) {
    const value = args[param];
    for (const target of value ? functionsOf(frame, value) : [])
      given.forEach((from, position) => {
        const sources = from.flatMap(({ source, param: path }) => {
          if (source) return [source];
          const node = path && frame.nodeAt(state, args, path);
          return node ? sourcesOf(frame, state, node) : [];
        });
        if (sources.length > 0) frame.world.seed(target, position, sources, undefined);
      });
  }
}

function sourcesOf(frame: Frame, state: State, node: Node): Source[] {
  return frame
    .origins(state, node, 'a text')
    .flatMap(({ source, steps }) => (source ? [frame.further(source, steps)] : []));
}

/** Nothing is known: what goes in may come out, also where a pointer leads. */
function byNobody(frame: Frame, state: State, call: Call, isOurs: boolean): Node {
  const { values, memory } = frame;
  const { span, args, exs, name } = call;
  const contents = args.map((each) => memory.contents(state, each));
  const all = [...(call.receiver ? [memory.contents(state, call.receiver)] : []), ...contents];
  args.forEach((arg, at) => {
    const ex = exs[at];
    if (!ex || !frame.isC) return;
    const { base } = split(arg, values);
    if (arg.kind === 'address' || base.kind === 'address') {
      giveAway(frame, state, arg);
      const constant = pointsToConst(base.object?.type === undefined ? undefined : `${base.object.type} *`);
      const explicit = ex[0] === '&' || (base.object?.isArray && base.object.kind !== 'global');
      if (explicit && !constant && !isOurs && base.object?.kind !== 'allocation')
        put(
          frame,
          state,
          arg,
          [...contents.filter((_, other) => other !== at), contents[at] ?? arg],
          [],
          `${String(span.start)} ${String(at)}`,
          span,
          `may be written by ${name === '' ? 'a function' : name}`,
        );
    } else giveAway(frame, state, arg);
  });
  if (!frame.isC) callbacks(frame, state, call, all);
  else parameterCalled(frame, state, call);
  const node = values.renew('site', `result ${String(span.start)}:${String(span.end)}`, {
    of: all,
    made: { at: span, says: name === '' ? 'passes through a call' : `passes through ${name}` },
  });
  frame.renewed(state, node);
  return node;
}

/** `items.forEach((item) => …)`: what the call is given may reach the parameters of functions it is given. */
function callbacks(frame: Frame, state: State, call: Call, all: readonly Node[]): void {
  if (!frame.emitting) return;
  parameterCalled(frame, state, call);
  const functions = call.args.flatMap((arg) => functionsOf(frame, arg));
  if (functions.length === 0) return;
  const sources = all.filter((each) => !each.func).flatMap((each) => sourcesOf(frame, state, each));
  if (sources.length === 0) return;
  for (const target of functions)
    for (let param = 0; param < Math.min(target.func.params, 3); param++)
      frame.world.seed(target, param, sources.slice(0, 4), undefined);
}

/** A parameter is called: whoever hands a function over learns what it is given. */
function parameterCalled(frame: Frame, state: State, call: Call): void {
  if (!frame.emitting) return;
  const callee = frame.evaluator.eval(state, call.instr[4]);
  if (callee.kind !== 'param' || frame.invoked.length >= 8) return;
  frame.invoked.push({
    param: callee.param ?? 0,
    args: call.args.map((each) => frame.given(state, each)),
  });
}
