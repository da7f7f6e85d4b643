/** What TypeScript declares as something else and uses as an object: enums, classes, all that a module gives away. */
import { unquote } from './literals.js';
import type { ExprFact, PropFact } from './model.js';
import { getterValue, properties } from './ts-lower.js';
import type { Declaration, Use } from './variables.js';
import { type Syntax, named } from '../syntax.js';

type Lower = (node: Syntax) => ExprFact;

/** `enum E { A, B = 4, C }`: each member with its value; a member without one counts on. */
export function enumObject(declaration: Syntax, lower: Lower): ExprFact {
  const name = declaration.childForFieldName('name')?.text ?? '';
  const body = declaration.childForFieldName('body');
  const props: PropFact[] = [];
  let last: ExprFact | undefined;
  for (const member of body ? named(body) : []) {
    const assigned = member.type === 'enum_assignment';
    const nameNode = assigned ? member.childForFieldName('name') : member;
    if (!nameNode) continue;
    const at = { start: member.startIndex, end: member.endIndex };
    const key = nameNode.type === 'string' ? unquote(nameNode.text) : nameNode.text;
    const given = assigned ? member.childForFieldName('value') : null;
    const value: ExprFact = given
      ? ownMembers(lower(given), name, new Set(props.map((prop) => prop.key)))
      : next(last, at);
    props.push({ key, at, value });
    last = value;
  }
  return { kind: 'object', start: declaration.startIndex, end: declaration.endIndex, text: name, props };
}

/** One more than the member before. */
function next(last: ExprFact | undefined, at: { start: number; end: number }): ExprFact {
  const number = (value: number): ExprFact => ({
    kind: 'number',
    ...at,
    text: String(value),
    value: String(value),
  });
  if (!last) return number(0);
  if (last.kind === 'number' && last.value !== undefined) return number(Number(last.value) + 1);
  return { kind: 'binary', ...at, text: '', operator: '+', parts: [last, number(1)] };
}

/** Inside an enum its members have no qualifier. */
function ownMembers(value: ExprFact, name: string, members: ReadonlySet<string>): ExprFact {
  if (value.kind === 'name' && value.path !== undefined && members.has(value.path))
    return { ...value, kind: 'member', path: `${name}.${value.path}` };
  return value.parts
    ? { ...value, parts: value.parts.map((part) => ownMembers(part, name, members)) }
    : value;
}

/** Static fields and getters of a class that nobody writes to through `this`. */
export function classObject(declaration: Syntax, text: string, lower: Lower): ExprFact {
  const body = declaration.childForFieldName('body');
  const props: PropFact[] = [];
  for (const member of body ? named(body) : []) {
    const words = text.slice(member.startIndex, member.startIndex + 80).split(/[=({;]/)[0] ?? '';
    const key = member.childForFieldName('name')?.text;
    if (!/\bstatic\b/.test(words) || key === undefined || key.startsWith('[')) continue;
    const at = { start: member.startIndex, end: member.endIndex };
    if (member.type === 'public_field_definition') {
      const value = member.childForFieldName('value');
      const changes =
        !/\breadonly\b/.test(words) &&
        new RegExp(`this\\.${key.replace('$', '\\$')}\\s*[-+*/%&|^?]*=[^=]`).test(text);
      if (value && !changes) props.push({ key, at, value: lower(value) });
    } else if (member.type === 'method_definition') {
      const value = getterValue(member, (child) => (child ? lower(child) : NOTHING));
      if (value) props.push({ key, at, value });
    }
  }
  return {
    kind: 'object',
    start: declaration.startIndex,
    end: declaration.endIndex,
    text: declaration.childForFieldName('name')?.text ?? '',
    props,
    open: true,
  };
}

const NOTHING: ExprFact = { kind: 'other', start: 0, end: 0, text: '' };

/** The file around what it gives away. */
interface Module {
  readonly text: string;
  readonly root: Syntax;
  readonly names: { offsets(name: string): readonly number[] };
  readonly lower: Lower;
}

/** The value of `export default …`, where it has no name of its own. */
export function defaultExport({ text, root, lower }: Module): { declarations: Declaration[]; uses: Use[] } {
  const statement = root.namedChildren.find(
    (child) => child.type === 'export_statement' && isDefaultExport(child, text),
  );
  const value = statement?.childForFieldName('value') ?? statement?.childForFieldName('declaration');
  if (!value) return { declarations: [], uses: [] };
  const declared = { start: value.startIndex, end: value.endIndex };
  const whole = { start: 0, end: text.length };
  return {
    declarations: [{ name: 'default', declared, scope: whole, kind: 'global', init: lower(value) }],
    uses: [],
  };
}

export function isDefaultExport(statement: Syntax, text: string): boolean {
  return /^export\s+default\b/.test(text.slice(statement.startIndex, statement.startIndex + 60));
}

/** What CommonJS calls all that a file gives away; a variable has that name here. */
export const MODULE_EXPORTS = 'module.exports';

/**
 * `module.exports = …`, `module.exports.a = …`, `exports.a = …` as one variable. Only what others ask for has a value:
 * a file that gathers many modules does not lead to all of them.
 */
export function moduleExports(
  { text, root, names, lower }: Module,
  asked: readonly string[],
): {
  declarations: Declaration[];
  uses: Use[];
} {
  const uses: Use[] = [];
  const all = asked.includes('*') || asked.includes('default');
  const valueOf = (name: string, value: Syntax | null): ExprFact =>
    value && (all || asked.includes(name)) ? lower(value) : NOTHING;
  const given = (fields: readonly string[], value: Syntax): ExprFact => {
    if (fields[0] !== undefined) return valueOf(fields[0], value);
    if (value.type !== 'object') return lower(value);
    const keyOf = (child: Syntax | null): string =>
      (child?.parent?.childForFieldName('key') ?? child)?.text ?? '';
    return {
      kind: 'object',
      start: value.startIndex,
      end: value.endIndex,
      text: '',
      ...properties(value, text, (child) => valueOf(keyOf(child), child)),
    };
  };
  const offsets = names.offsets('exports');
  for (const offset of offsets) {
    const node = root.at(offset, offset + 'exports'.length);
    let whole = node;
    if (node.type === 'property_identifier') {
      if (node.parent?.childForFieldName('object')?.text !== 'module') continue;
      whole = node.parent;
    } else if (node.type !== 'identifier') continue;
    const fields: string[] = [];
    let target = whole;
    while (
      target.parent?.type === 'member_expression' &&
      target.parent.childForFieldName('object')?.id === target.id
    ) {
      target = target.parent;
      fields.push(target.childForFieldName('property')?.text ?? '');
    }
    const assignment = target.parent;
    const at = { start: target.startIndex, end: target.endIndex };
    const right =
      assignment?.type === 'assignment_expression' && assignment.childForFieldName('left')?.id === target.id
        ? assignment.childForFieldName('right')
        : null;
    // `exports = module.exports = { … }` says the same once.
    if (right && !(fields.length === 0 && whole === node))
      uses.push({
        kind: 'write',
        write: { ...at, field: fields.join('.'), value: given(fields, lastAssigned(right)), compound: false },
      });
  }
  const declared = { start: offsets[0] ?? 0, end: (offsets[0] ?? 0) + 'exports'.length };
  const whole = { start: 0, end: text.length };
  return uses.length === 0
    ? { declarations: [], uses }
    : { declarations: [{ name: MODULE_EXPORTS, declared, scope: whole, kind: 'global' }], uses };
}

/** The value of `a = b = value`. */
function lastAssigned(value: Syntax): Syntax {
  let last = value;
  for (let hops = 0; hops < 8 && last.type === 'assignment_expression'; hops++)
    last = last.childForFieldName('right') ?? last;
  return last;
}
