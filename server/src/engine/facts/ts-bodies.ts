/** What can be said of the body of a function without following it. */
import { type Syntax, named } from '../syntax.js';

const FUNCTION = /function|method_definition|^class/;
/** Ways that part, end early or wait for something that may fail. */
const PARTING =
  /^(if|switch|for|for_in|while|do|try|throw|labeled|break|continue)_statement$|^(ternary|await|yield)_expression$/;
const STATEMENT = /^(expression_statement|lexical_declaration|variable_declaration)$/;
/** A body with more is judged by nobody at a glance. */
const MOST_STATEMENTS = 20;

/** What the last statement of a block gives or does, where every way through the block leads to it. */
export function tailOf(block: Syntax): Syntax | undefined {
  const statements = named(block);
  const last = statements.at(-1);
  if (!last || statements.length > MOST_STATEMENTS) return undefined;
  if (last.type !== 'return_statement' && last.type !== 'expression_statement') return undefined;
  const before = statements.slice(0, -1);
  return before.every((each) => STATEMENT.test(each.type)) && !statements.some(parts)
    ? (last.firstNamedChild ?? undefined)
    : undefined;
}

function parts(statement: Syntax): boolean {
  const queue: Syntax[] = [statement];
  for (let node = queue.pop(); node; node = queue.pop()) {
    if (FUNCTION.test(node.type)) continue;
    if (PARTING.test(node.type) || isChoice(node)) return true;
    queue.push(...node.namedChildren);
  }
  return false;
}

function isChoice(node: Syntax): boolean {
  return (
    node.type === 'binary_expression' &&
    /^(&&|\|\||\?\?)$/.test(node.childForFieldName('operator')?.text ?? '')
  );
}
