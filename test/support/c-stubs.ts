/**
 * A header that grows by what a compiler misses in a text. What a made-up name is, a number, a pointer or a struct with
 * which fields, is told by how the text uses it; where that was a bad guess, the compiler says so and it is turned round.
 */

type Kind = 'number' | 'pointer';

const MISSED = [
  [/^unknown type name '(\w+)'/, 'type'],
  [/^implicit declaration of function '(\w+)'/, 'function'],
  [/^'(\w+)' undeclared/, 'name'],
  [/(?:incomplete|undefined) type '(?:const )?struct (\w+)'/, 'tag'],
  [/^storage size of '(\w+)' isn't known|^variable '(\w+)' has initializer/, 'sized'],
] as const;

export class StubHeader {
  readonly #declared = new Map<string, string>();
  readonly #turned = new Set<string>();

  constructor(private readonly source: string) {}

  /** The same header, which can go on to grow by itself. */
  copy(): StubHeader {
    const copy = new StubHeader(this.source);
    for (const [key, text] of this.#declared) copy.#declared.set(key, text);
    for (const name of this.#turned) copy.#turned.add(name);
    return copy;
  }

  text(): string {
    const order = [...this.#declared].sort(([a], [b]) => rank(a) - rank(b));
    return order.map(([, text]) => `${text}\n`).join('');
  }

  /** Whether something was declared that the message misses; of new names only those that `may` has. */
  learn(message: string, may?: ReadonlySet<string>): boolean {
    for (const [pattern, what] of MISSED) {
      const [, first, second] = pattern.exec(message) ?? [];
      const name = first ?? second;
      if (name === undefined) continue;
      if (may !== undefined && !may.has(name)) return false;
      if (what === 'sized') {
        const [, tag] = new RegExp(`\\bstruct (\\w+) ${name}\\b`).exec(this.source) ?? [];
        return tag !== undefined && this.#declare(`tag ${tag}`, `struct ${tag} ${this.#fields()};`);
      }
      return this.#declare(`${what} ${name}`, this.#textOf(what, name));
    }
    const [, argument = '', callee = '', made] =
      /^passing argument (\d+) of '(\w+)' makes (integer|pointer) from/.exec(message) ?? [];
    return made !== undefined && may === undefined && this.#turn(callee, Number(argument) - 1);
  }

  #declare(key: string, text: string): boolean {
    if (this.#declared.has(key)) return false;
    this.#declared.set(key, text);
    return true;
  }

  #textOf(what: 'type' | 'function' | 'name' | 'tag', name: string): string {
    switch (what) {
      case 'function':
        return new RegExp(`\\*\\s*\\w+\\s*=\\s*${name}\\s*\\(`).test(this.source)
          ? `void *${name}();`
          : `long ${name}();`;
      case 'tag':
        return `struct ${name} ${this.#fields()};`;
      case 'type':
        return this.#type(name);
      case 'name':
        return this.#variable(name);
    }
  }

  /** A type is a struct when one of its variables has fields, or is given a list; a handle when it needs no star for it. */
  #type(type: string): string {
    const uses = [...this.source.matchAll(new RegExp(`\\b${type}\\b([\\s*]*)(?:const\\s+)?(\\w+)`, 'g'))];
    const is = (variable: string, then: string): boolean =>
      new RegExp(`\\b${variable}(?:\\[\\w*\\])?\\s*${then}`).test(this.source);
    if (uses.some(([, star = '', variable = '']) => !star.includes('*') && is(variable, '->')))
      return `typedef struct ${this.#fields()} *${type};`;
    return new RegExp(`\\(\\s*(?:const )?${type}\\s*\\)\\s*\\{`).test(this.source) ||
      uses.some(([, , variable = '']) => is(variable, '(?:->|\\.\\s*[a-zA-Z_]|=\\s*\\{)'))
      ? `typedef struct ${this.#fields()} ${type};`
      : `typedef long ${type};`;
  }

  #variable(name: string): string {
    if (this.#isPointedAt(name)) return `extern struct ${this.#fields()} *${name};`;
    if (new RegExp(`\\b${name}\\.[a-zA-Z_]`).test(this.source))
      return `extern struct ${this.#fields()} ${name};`;
    if (/^[A-Z]{2}\w*$/.test(name)) return `enum { ${name} = 1 };`;
    const number =
      new RegExp(`&\\s*${name}\\b|\\b${name}\\s*[-+*/%<>=]`).test(this.source) || name.length === 1;
    return this.#kind(name, number ? 'number' : 'pointer') === 'number'
      ? `extern long ${name};`
      : `extern char ${name}[64];`;
  }

  /** Every struct has all fields that the text speaks of. */
  #fields(): string {
    const tree = fieldsIn(this.source);
    const body = (fields: Fields): string =>
      `{ ${[...fields]
        .map(([name, below]) => {
          if (below.size > 0) return `struct ${body(below)} ${this.#isPointedAt(name) ? '*' : ''}${name};`;
          return this.#kind(name, this.#fieldKind(name)) === 'number' ? `long ${name};` : `char *${name};`;
        })
        .join(' ')} }`;
    return tree.size === 0 ? '{ long made_up; }' : body(tree);
  }

  #isPointedAt(name: string): boolean {
    return new RegExp(`\\b${name}\\s*->`).test(this.source);
  }

  #fieldKind(name: string): Kind {
    return new RegExp(`\\b${name}\\s*(?:=\\s*[^"=&\\s]|[-+*/%<>]|[!=]=)`).test(this.source)
      ? 'number'
      : 'pointer';
  }

  #kind(name: string, guessed: Kind): Kind {
    if (!this.#turned.has(name)) return guessed;
    return guessed === 'number' ? 'pointer' : 'number';
  }

  /** What was handed over there is of the other kind; all that was declared is told again. */
  #turn(callee: string, argument: number): boolean {
    const given = argumentsOf(this.source, callee)[argument] ?? '';
    const [name] = /\w+$/.exec(given.trim()) ?? [];
    if (name === undefined || this.#turned.has(name)) return false;
    this.#turned.add(name);
    for (const key of this.#declared.keys()) {
      const [what = '', of = ''] = key.split(' ');
      this.#declared.set(key, this.#textOf(what as 'type' | 'function' | 'name' | 'tag', of));
    }
    return true;
  }
}

type Fields = Map<string, Fields>;

/** The fields that a text speaks of: `a.b.c`, `p->b`, `{ .b = { .c = 1 } }`. */
function fieldsIn(source: string): Fields {
  const root: Fields = new Map();
  const enter = (at: Fields, name: string): Fields => {
    const below = at.get(name) ?? (new Map() as Fields);
    at.set(name, below);
    return below;
  };
  const open: Fields[] = [];
  let here = root;
  let last = root;
  const words = /"(?:[^"\\]|\\.)*"|\d+\.\d*|((?:->|\.)\s*[A-Za-z_]\w*)+|([{}])/g;
  for (const { 0: text, 1: chain, 2: brace, index } of source.matchAll(words)) {
    if (chain !== undefined) {
      last = /[\w)\]]/.test(source.charAt(index - 1)) ? root : here;
      for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) last = enter(last, name);
    } else if (brace === '{') {
      open.push(here);
      here = last;
    } else if (brace === '}') {
      here = open.pop() ?? root;
      last = here;
    }
  }
  return root;
}

function argumentsOf(source: string, callee: string): string[] {
  const at = source.search(new RegExp(`\\b${callee}\\s*\\(`));
  const all: string[] = [];
  let depth = 0;
  let text = '';
  for (const letter of at < 0 ? '' : source.slice(source.indexOf('(', at))) {
    if (letter === ')' && --depth === 0) break;
    if (letter === ',' && depth === 1) {
      all.push(text);
      text = '';
    } else if (depth > 0) text += letter;
    if (letter === '(') depth++;
  }
  return [...all, text];
}

/** Types stand before what is made of them. */
function rank(key: string): number {
  return ['type', 'tag', 'function', 'name'].indexOf(key.split(' ')[0] ?? '');
}
