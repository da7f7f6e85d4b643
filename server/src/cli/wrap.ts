/** Prose in lines of at most 78 columns, each indented. */
export function wrap(text: string, indent = 0, width = 78): string[] {
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  let line = pad;
  for (const word of text.split(/\s+/)) {
    if (line.length > indent && line.length + 1 + word.length > width) {
      lines.push(line);
      line = pad;
    }
    line += line.length > indent ? ` ${word}` : word;
  }
  return [...lines, line];
}
