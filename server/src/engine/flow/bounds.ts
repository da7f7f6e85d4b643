/** Upper and lower bounds of a value, worked out from what it is made of and what is known at one point. */
import type { State } from './state.js';
import { integerType, largest, smallest } from './types.js';
import { type Node, type Relation, isNumber } from './values.js';

export interface Upper {
  /** Infinity where nothing is known. */
  readonly max: number;
  /** A condition, a mask or a table gave it, not the width of a type alone. */
  readonly checked: boolean;
  /** Values it does not exceed, beside their own bounds. */
  readonly above: readonly Relation[];
}

const FREE: Upper = { max: Infinity, checked: false, above: [] };
const DEPTH = 10;
/** Relations that are followed at each step. */
const WIDTH = 4;

/** Results of functions that choose the smallest or greatest of what they are given. */
export const LEAST = /^(min|MIN|Math\.min|LWIP_MIN|fmin|rte_min|min_t|MIN_T|ARRAY_MIN)$/;
export const GREATEST = /^(max|MAX|Math\.max|LWIP_MAX|fmax|max_t|MAX_T)$/;

export function upper(node: Node, state: State, depth = DEPTH): Upper {
  if (isNumber(node)) return { max: node.value, checked: true, above: [] };
  if (depth === 0) return FREE;
  const made = byMaking(node, state, depth - 1);
  const fact = state.fact(node);
  let { max, checked } = made;
  if (fact.hi !== undefined && fact.hi <= max) {
    max = fact.hi;
    checked = true;
  }
  const above = [...(fact.above ?? []), ...made.above].slice(0, 2 * WIDTH);
  for (const { node: other, offset } of above.slice(0, WIDTH)) {
    if (other === node) continue;
    const beyond = upper(other, state, Math.min(depth - 1, 4));
    if (beyond.max + offset <= max && beyond.checked) {
      max = beyond.max + offset;
      checked = true;
    }
  }
  return { max, checked, above };
}

function byMaking(node: Node, state: State, depth: number): Upper {
  const [a, b] = node.of;
  const width = byWidth(node.type);
  switch (node.kind) {
    case 'cast':
      return a ? narrower(upper(a, state, depth), width) : width;
    case 'phi':
      return narrower(ofWays(node), width);
    case 'pure':
      return narrower(chosen(node, state, depth), width);
    case 'binary':
      return a && b ? narrower(computed(node.name ?? '', a, b, state, depth), width) : width;
    case 'unary':
      return node.name === '!' ? { max: 1, checked: true, above: [] } : width;
    default:
      return width;
  }
}

function narrower(a: Upper, b: Upper): Upper {
  return a.max <= b.max ? a : { max: b.max, checked: b.checked, above: a.above };
}

function byWidth(type: string | undefined): Upper {
  const integer = integerType(type);
  return integer ? { max: largest(integer), checked: false, above: [] } : FREE;
}

function chosen(node: Node, state: State, depth: number): Upper {
  const name = node.name ?? '';
  if (LEAST.test(name)) {
    const all = node.of.map((each) => upper(each, state, depth));
    const best = all.reduce((x, y) => (y.max < x.max || (y.max === x.max && y.checked) ? y : x), FREE);
    return { ...best, above: node.of.map((each) => ({ node: each, offset: 0 })) };
  }
  if (GREATEST.test(name)) {
    const all = node.of.map((each) => upper(each, state, depth));
    return {
      max: Math.max(...all.map(({ max }) => max)),
      checked: all.every(({ checked }) => checked),
      above: [],
    };
  }
  return FREE;
}

function ofWays(node: Node): Upper {
  const ways = [...(node.ways?.values() ?? [])];
  if (ways.length === 0) return FREE;
  const first = ways[0];
  let max = -Infinity;
  let checked = true;
  for (const way of ways) {
    // What a way says of itself holds for good; what is learnt later holds for the whole.
    max = Math.max(max, way.hi);
    checked &&= way.checked;
  }
  const above = (first ? bounding(first) : []).flatMap(({ node: other, offset }) => {
    const offsets = [offset];
    for (const way of ways.slice(1)) {
      const found = bounding(way).find((each) => each.node === other);
      if (!found) return [];
      offsets.push(found.offset);
    }
    return other === node ? [] : [{ node: other, offset: Math.max(...offsets) }];
  });
  return { max, checked: checked && max < Infinity, above };
}

/** What a way's value does not exceed: itself first. */
function bounding({ node, above }: { node: Node; above: readonly Relation[] }): readonly Relation[] {
  return [{ node, offset: 0 }, ...above];
}

function computed(operator: string, a: Node, b: Node, state: State, depth: number): Upper {
  const right = isNumber(b) ? b.value : undefined;
  switch (operator) {
    case '+': {
      const [x, y] = [upper(a, state, depth), upper(b, state, depth)];
      const constant = right !== undefined ? [a, right] : isNumber(a) ? [b, a.value] : undefined;
      return {
        max: x.max + y.max,
        checked: x.checked && y.checked,
        above: constant ? shifted(constant[0] === a ? x : y, constant[0] as Node, constant[1] as number) : [],
      };
    }
    case '-': {
      const x = upper(a, state, depth);
      const least = lower(b, state, depth);
      if (least === -Infinity) return FREE;
      return {
        max: x.max - least,
        checked: x.checked,
        above: [
          { node: a, offset: -least },
          ...x.above.map((each) => ({ ...each, offset: each.offset - least })),
        ],
      };
    }
    case '&': {
      const mask = [a, b].find(isNumber);
      return mask && mask.value >= 0 ? { max: mask.value, checked: true, above: [] } : FREE;
    }
    case '%':
      return right !== undefined
        ? { max: Math.abs(right) - 1, checked: true, above: [] }
        : { ...upper(b, state, depth), above: [{ node: b, offset: -1 }] };
    case '*': {
      const [x, y] = [upper(a, state, depth), upper(b, state, depth)];
      return { max: product(x.max, y.max), checked: x.checked && y.checked, above: [] };
    }
    case '/':
    case '>>':
    case '<<': {
      const x = upper(a, state, depth);
      if (right === undefined || (operator === '/' && right <= 0)) return operator === '<<' ? FREE : x;
      if (operator === '<<') return { ...x, max: x.max * 2 ** right, above: [] };
      return { ...x, max: Math.floor(x.max / (operator === '/' ? right : 2 ** right)) };
    }
    case '|': {
      const [x, y] = [upper(a, state, depth), upper(b, state, depth)];
      const max = Math.max(x.max, y.max);
      return {
        max: max === Infinity ? max : 2 ** Math.ceil(Math.log2(max + 1)) - 1,
        checked: x.checked && y.checked,
        above: [],
      };
    }
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return { max: 1, checked: true, above: [] };
    default:
      return FREE;
  }
}

function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function shifted({ above }: Upper, node: Node, by: number): Relation[] {
  return [{ node, offset: by }, ...above.map((each) => ({ node: each.node, offset: each.offset + by }))];
}

/** The least a value can be; -Infinity where nothing is known. */
export function lower(node: Node, state: State, depth = DEPTH): number {
  if (isNumber(node)) return node.value;
  if (depth === 0) return -Infinity;
  const fact = state.fact(node);
  let least = Math.max(made(node, state, depth - 1), fact.lo ?? -Infinity);
  for (const { node: other, offset } of (fact.below ?? []).slice(0, WIDTH))
    if (other !== node) least = Math.max(least, lower(other, state, Math.min(depth - 1, 4)) + offset);
  return least;
}

function made(node: Node, state: State, depth: number): number {
  const [a, b] = node.of;
  const integer = integerType(node.type);
  const width = integer ? smallest(integer) : -Infinity;
  switch (node.kind) {
    case 'phi':
      return Math.max(width, Math.min(...[...(node.ways?.values() ?? [])].map(({ lo }) => lo), Infinity));
    case 'cast':
      return a ? Math.max(width, integer?.signed === false ? 0 : lower(a, state, depth)) : width;
    case 'pure':
      if (LEAST.test(node.name ?? '')) return Math.min(...node.of.map((each) => lower(each, state, depth)));
      if (GREATEST.test(node.name ?? ''))
        return Math.max(...node.of.map((each) => lower(each, state, depth)));
      return /^(sizeof|strlen|strnlen|length)$/.test(node.name ?? '') ? 0 : width;
    case 'binary': {
      if (!a || !b) return width;
      const [x, y] = [lower(a, state, depth), lower(b, state, depth)];
      switch (node.name) {
        case '+':
          return x + y;
        case '-': {
          const most = upper(b, state, depth).max;
          return most === Infinity ? width : x - most;
        }
        case '*':
        case '/':
        case '>>':
        case '<<':
        case '%':
        case '|':
          return x >= 0 && y >= 0 ? 0 : width;
        case '&':
          return x >= 0 || y >= 0 ? 0 : width;
        case '==':
        case '!=':
        case '<':
        case '>':
        case '<=':
        case '>=':
          return 0;
        default:
          return width;
      }
    }
    default:
      return width;
  }
}
