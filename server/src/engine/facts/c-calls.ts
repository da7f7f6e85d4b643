/** What becomes of a call's result in C. */
import type { Syntax } from '../syntax.js';
import type { Interest } from './interest.js';
import type { CallFact } from './model.js';

export function resultOf(call: Syntax, { checking, passing }: Interest): CallFact['result'] {
  let cast = false;
  let child = call;
  for (let parent = call.parent; parent; child = parent, parent = parent.parent)
    switch (parent.type) {
      case 'expression_statement':
        return cast ? 'discarded' : 'no';
      case 'cast_expression':
        cast = parent.childForFieldName('type')?.text === 'void';
        break;
      case 'parenthesized_expression':
        if (parent.parent && /^(if|while|do|switch)_statement$/.test(parent.parent.type)) return 'checked';
        break;
      case 'binary_expression':
      case 'unary_expression':
      case 'conditional_expression':
        return 'checked';
      case 'comma_expression':
        if (parent.childForFieldName('left')?.id === child.id) return 'no';
        break;
      case 'argument_list': {
        const callee = parent.parent?.childForFieldName('function');
        if (!callee || !checking.has(callee.text)) return 'used';
        if (!passing.has(callee.text)) return 'checked';
        // The product's own macro does nothing: what counts stands around it.
        if (parent.parent) parent = parent.parent;
        break;
      }
      default:
        return 'used';
    }
  return 'used';
}
