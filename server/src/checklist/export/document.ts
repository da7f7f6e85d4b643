/** One HTML file that needs nothing else, and may load nothing. */
import { escaped } from './escaped.js';

/** `title` is text; `style` is CSS and `main` is HTML, both our own: what others wrote is escaped in it already. */
export function htmlDocument(title: string, style: string, main: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${main}</main>
</body>
</html>
`;
}
