import { rule, type Fix } from '../kit/index.js';

export default rule({
  id: 'gets-used',
  title: 'gets cannot know the size of its buffer',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1A', '5.13-1B'],
  cwe: [242, 120],
  why: 'gets writes until a line ends, however small the buffer is; no caller can make it safe, and C11 took it out of the language.',
  attack:
    'Someone who reaches the serial console, or whatever else is connected to standard input, types a line longer than the buffer. The rest overwrites the stack, and with a chosen line the device jumps to code of their choice.',
  instead:
    'fgets(buffer, sizeof buffer, stdin), which keeps the line end, or getline where memory is plentiful.',

  c: {
    call: {
      gets: (call) => {
        const [buffer, ...others] = call.args;
        if (!buffer || others.length > 0 || (buffer.kind !== 'name' && buffer.kind !== 'member')) return;
        const owned = !call.inside?.params.includes(buffer.text);
        const fix: Fix = {
          title: 'Read a line no longer than the buffer',
          edits: [{ at: call.at, text: `fgets(${buffer.text}, sizeof(${buffer.text}), stdin)` }],
          safe: false,
        };
        return {
          at: call.calleeAt,
          says: `gets writes past the end of ${buffer.text} as soon as a line is longer than it`,
          ...(owned && { fixes: [fix] }),
        };
      },
    },
  },

  bad: [
    {
      c: 'void prompt(void) { char line[32]; «gets»(line); handle(line); }',
      becomes: 'void prompt(void) { char line[32]; fgets(line, sizeof(line), stdin); handle(line); }',
    },
    {
      c: '#define READ_LINE gets\nvoid prompt(char *line) { if («READ_LINE»(line) == NULL) return; handle(line); }',
    },
  ],
  good: [
    { c: 'void prompt(void) { char line[32]; fgets(line, sizeof line, stdin); }' },
    { c: '/* gets(line) is not used here */ void prompt(void) { log_it("gets(line)"); }' },
    { c: 'void prompt(struct console *c) { c->gets(c->line); }' },
    { c: 'void prompt(void) { char line[32]; gets(line, sizeof line); }' },
  ],
});
