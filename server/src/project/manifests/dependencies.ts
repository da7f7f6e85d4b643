/** What a product is built from, as its manifests say: `package:express`, `component:esp_https_ota`, `module:mcuboot`. */
import { type Node, findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { FileId, Option } from '../../../../rules/kit/index.js';
import { optionAt } from './option.js';
import { versionAt } from './versions.js';

/** `package.json`: the versions of Node that it says to run on, and what it needs to run, not what only development needs. */
export function parsePackage(file: FileId, text: string): Option[] {
  const tree = treeOf(text);
  if (!tree) return [];
  const node = findNodeAtLocation(tree, ['engines', 'node']);
  const packages = ['dependencies', 'optionalDependencies'].flatMap((block) =>
    (findNodeAtLocation(tree, [block])?.children ?? []).flatMap((property) =>
      dependency(file, text, property),
    ),
  );
  // The value stands in quotes.
  return typeof node?.value === 'string'
    ? [versionAt(file, 'node', node.value, node.offset + 1), ...packages]
    : packages;
}

/** Undefined also for what is nested deeper than the parser goes. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function dependency(file: FileId, text: string, property: Node): Option[] {
  const [key, value] = property.children ?? [];
  if (typeof key?.value !== 'string' || !value) return [];
  const end = value.offset + value.length;
  return [
    optionAt({ file, start: property.offset, end }, `package:${key.value}`, text.slice(value.offset, end), {
      file,
      start: value.offset,
      end,
    }),
  ];
}

/** `idf_component.yml` and `dependencies.lock`: the components that are fetched. */
export function parseComponents(file: FileId, text: string): Option[] {
  const head = /^dependencies:[ \t]*\r?$/m.exec(text);
  if (!head) return [];
  const from = head.index + head[0].length;
  const rest = text.slice(from);
  const block = rest.slice(0, /^[^\s#]/m.exec(rest)?.index ?? rest.length);
  const indent = /^([ \t]+)[^\s#]/m.exec(block)?.[1];
  if (indent === undefined) return [];
  return [...block.matchAll(/^([ \t]+)["']?([\w./-]+)["']?:/gm)].flatMap((match) => {
    const [all, before = '', name = ''] = match;
    return before === indent && name !== 'idf'
      ? [named(file, 'component', name, from + match.index + all.indexOf(name))]
      : [];
  });
}

/** `CMakeLists.txt` of ESP-IDF: the components that a component says it requires. */
export function parseCMake(file: FileId, text: string): Option[] {
  const plain = text.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length));
  return [...plain.matchAll(/\bidf_component_register\s*\(([^()]*)\)/g)].flatMap((call) => {
    const from = call.index + call[0].indexOf('(') + 1;
    let isRequired = false;
    return [...(call[1] ?? '').matchAll(/[^\s"]+/g)].flatMap(({ 0: word, index }) => {
      if (/^[A-Z_]+$/.test(word)) isRequired = /^(PRIV_)?REQUIRES$/.test(word);
      else if (isRequired && /^[\w.-]+$/.test(word)) return [named(file, 'component', word, from + index)];
      return [];
    });
  });
}

/** `west.yml` of Zephyr: the modules that are fetched. */
export function parseWest(file: FileId, text: string): Option[] {
  return [...text.matchAll(/^[ \t]*-[ \t]+name:[ \t]*["']?([\w.-]+)/gm)].map((match) => {
    const [all, name = ''] = match;
    return named(file, 'module', name, match.index + all.length - name.length);
  });
}

function named(file: FileId, kind: string, name: string, start: number): Option {
  const at = { file, start, end: start + name.length };
  return optionAt(at, `${kind}:${name}`, name, at);
}
