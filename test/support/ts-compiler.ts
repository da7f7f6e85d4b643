/**
 * TypeScript and JavaScript examples through TypeScript. The types of Node are the real ones; whatever else is imported may
 * be anything. Examples leave out what does not matter to them, so only what a fix adds to the complaints counts.
 */
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where the examples are said to lie: near enough to find the types of Node. */
const FOLDER = posix.join(root.replaceAll('\\', '/'), 'examples-in-memory');
const ANYTHING = `${FOLDER}/anything.d.ts`;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  esModuleInterop: true,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: false,
  noEmit: true,
  allowJs: true,
  skipLibCheck: true,
};

export interface Complaints {
  readonly syntax: readonly string[];
  readonly meaning: readonly string[];
}

/** What TypeScript says of each text, all at once; the key says where the text lies. */
export function complaints(texts: ReadonlyMap<string, string>): Map<string, Complaints> {
  const files = new Map([...texts].map(([key, text]) => [`${FOLDER}/${key}`, text]));
  files.set(ANYTHING, "declare module '*';");
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => files.has(file) || disk.fileExists(file),
    readFile: (file) => files.get(file) ?? disk.readFile(file),
    getSourceFile: (file, options) => {
      const text = files.get(file);
      return text === undefined
        ? disk.getSourceFile(file, options)
        : ts.createSourceFile(file, text, options);
    },
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  const said = (all: readonly ts.Diagnostic[]): string[] =>
    all.map(({ code, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      // TypeScript guesses what was meant a few times a program, whatever the file: the guess is no complaint.
      const [, unknown] = /^(Cannot find name '[^']*'\.) Did you mean /.exec(text) ?? [];
      return unknown === undefined ? `TS${String(code)} ${text}` : `TS2304 ${unknown}`;
    });
  return new Map(
    [...texts.keys()].map((key) => {
      const file = program.getSourceFile(`${FOLDER}/${key}`);
      return [
        key,
        {
          syntax: said(program.getSyntacticDiagnostics(file)),
          meaning: said(program.getSemanticDiagnostics(file)),
        },
      ];
    }),
  );
}
