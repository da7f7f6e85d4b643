/** Whether a header is C++: it would be read as C and give nonsense. */

const NOISE = /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
/** Most headers hold none of these, comments included, and need no second look. */
const HINT =
  /\b(?:class|template|namespace|using|virtual|public|private|protected|extern\s+"C)\b|\w::|\bconst\s+\w+\s*&/;
const SIGNS =
  /^\s*(?:class\s+\w+(?:\s+\w+)?\s*[:;{]|template\s*<|(?:inline\s+)?namespace\b[\w\s:]*\{|using\s+(?:namespace\b|\w+\s*=|[\w:]+::)|(?:public|private|protected)\s*:|virtual\s+[\w~]|extern\s+"")|\w::~?\w|\bconst\s+\w+\s*&/m;

/** Only what stands outside of the branches that C never sees counts. */
export function isCpp(text: string): boolean {
  if (!HINT.test(text)) return false;
  return SIGNS.test(seenByC(text.replace(NOISE, (token) => (token.startsWith('/') ? ' ' : '""'))));
}

const DIRECTIVE = /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif|else|endif)\b(.*)$/;

/** The lines left when `__cplusplus` is not defined, directives dropped. */
function seenByC(text: string): string {
  const lines: string[] = [];
  /** Of each open `#if`: whether its branch is C++ only, and whether its `#else` will be. */
  const open: { hidden: boolean; otherwise: boolean }[] = [];
  let joined = false;
  for (const line of text.split('\n')) {
    const inDirective: boolean = joined || /^[ \t]*#/.test(line);
    joined = inDirective && line.endsWith('\\');
    const [, word, condition = ''] = DIRECTIVE.exec(line) ?? [];
    const top = open.at(-1);
    if (word === 'endif') open.pop();
    else if (word === 'else' && top) top.hidden = top.otherwise;
    else if (word === 'elif' && top) top.hidden = asksForCpp(condition);
    else if (word !== undefined && word !== 'else' && word !== 'elif') open.push(branch(word, condition));
    if (!inDirective && !open.some(({ hidden }) => hidden)) lines.push(line);
  }
  return lines.join('\n');
}

function branch(word: string, condition: string): { hidden: boolean; otherwise: boolean } {
  if (!/\b__cplusplus\b/.test(condition)) return { hidden: false, otherwise: false };
  const forC = word === 'ifndef' || /!\s*(?:defined\s*\(?\s*)?__cplusplus/.test(condition);
  return { hidden: !forC, otherwise: forC };
}

function asksForCpp(condition: string): boolean {
  return /\b__cplusplus\b/.test(condition) && branch('if', condition).hidden;
}
