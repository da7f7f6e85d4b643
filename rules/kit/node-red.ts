/** The settings file of Node-RED, which is known by its fields alone. Pure. */
import type { Expr, Shape, Thing } from './index.js';

/** Keys that only the settings of Node-RED have. */
const ITS_OWN = ['flowFile', 'httpAdminRoot', 'functionGlobalContext', 'credentialSecret', 'editorTheme'];

export function hasField({ fields }: Thing, name: string): boolean {
  return [...fields.keys()].some((key) => key === name || key.startsWith(`${name}.`));
}

/** Asks of what a settings file gives: `module.exports`, the object, and what is known of it. */
export function nodeRedSettings(
  judge: (exported: Expr, object: Expr, settings: Thing) => ReturnType<Shape['judge']>,
): Shape {
  return {
    pattern: '(assignment_expression left: (member_expression) @left right: (object) @settings)',
    needs: ['uiPort'],
    judge: ({ left, settings }) => {
      const thing = settings?.thing;
      return (
        left?.text === 'module.exports' &&
        settings !== undefined &&
        thing !== undefined &&
        hasField(thing, 'uiPort') &&
        ITS_OWN.some((name) => hasField(thing, name)) &&
        judge(left, settings, thing)
      );
    },
  };
}
