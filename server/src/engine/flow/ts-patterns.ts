/** Destructuring: patterns of TypeScript as assignments of parts. */
import { unquote } from '../facts/literals.js';
import { type Syntax, named } from '../syntax.js';
import type { Ex } from './ir.js';
import { TsExpressions } from './ts-expr.js';

export abstract class TsPatterns extends TsExpressions {
  protected bind(pattern: Syntax, value: Ex, declare: ((name: string) => number) | undefined): void {
    const [start, end] = this.span(pattern);
    switch (pattern.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern': {
        const variable = declare?.(pattern.text);
        this.builder.emit([
          '=',
          start,
          end,
          variable === undefined ? this.name(pattern.text, start, end) : ['v', start, end, variable],
          value,
        ]);
        break;
      }
      case 'object_pattern':
        for (const part of named(pattern)) this.bindProperty(part, value, declare);
        break;
      case 'array_pattern':
        named(pattern).forEach((part, at) => {
          const [from, to] = this.span(part);
          this.bind(
            part,
            part.type === 'rest_pattern' ? value : ['[', from, to, value, ['n', from, to, at]],
            declare,
          );
        });
        break;
      case 'assignment_pattern':
      case 'object_assignment_pattern': {
        const left = pattern.childForFieldName('left');
        const fallback = pattern.childForFieldName('right');
        if (!left) break;
        this.bind(left, value, declare);
        const [from, to] = this.span(left);
        if ((fallback && left.type.endsWith('identifier')) || left.type.endsWith('identifier_pattern')) {
          const other = this.expr(fallback);
          this.perhaps(() => {
            this.builder.emit(['=', from, to, this.name(left.text, from, to), other]);
          });
        }
        break;
      }
      case 'rest_pattern': {
        const [inner] = named(pattern);
        if (inner) this.bind(inner, value, declare);
        break;
      }
      case 'member_expression':
      case 'subscript_expression':
        this.builder.emit(['=', start, end, this.expr(pattern), value]);
        break;
    }
  }

  private bindProperty(part: Syntax, value: Ex, declare: ((name: string) => number) | undefined): void {
    const [start, end] = this.span(part);
    switch (part.type) {
      case 'shorthand_property_identifier_pattern':
        this.bind(part, ['.', start, end, value, part.text], declare);
        break;
      case 'object_assignment_pattern': {
        const left = part.childForFieldName('left');
        if (left) this.bind(part, ['.', start, end, value, left.text], declare);
        break;
      }
      case 'pair_pattern': {
        const key = part.childForFieldName('key');
        const inner = part.childForFieldName('value');
        if (!key || !inner) break;
        const name = key.type === 'string' ? unquote(key.text) : key.text;
        this.bind(
          inner,
          key.type === 'computed_property_name'
            ? ['[', start, end, value, ['?', start, end]]
            : ['.', start, end, value, name],
          declare,
        );
        break;
      }
      default:
        this.bind(part, value, declare);
    }
  }
}
