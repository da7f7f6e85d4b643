import { rule, type Answer, type Call, type Expr, type Fix } from '../kit/index.js';
import { printed } from '../kit/printf.js';

/** Text that comes from outside with any length: who sent it, in words. */
function sender(text: Expr | undefined, call: Call): string | undefined {
  if (!text || text.value !== undefined) return undefined;
  if (text.call?.callee === 'getenv') return 'the environment';
  if (text.kind === 'member' && /(->|\.)\s*valuestring$/.test(text.text)) return 'a JSON document';
  if (
    text.kind === 'subscript' &&
    text.parts[0]?.text === 'argv' &&
    call.inside?.params.includes('argv') === true
  )
    return 'the command line';
  return undefined;
}

/** A function that measures, or a buffer made to measure, is taken to know what it does. */
function measured(call: Call, target: Expr): boolean {
  const calls = call.inside?.calls;
  if (calls?.has('strlen') === true || calls?.has('strnlen') === true) return true;
  return target.call !== undefined || (target.kind !== 'name' && target.kind !== 'member');
}

function judge(call: Call, texts: readonly (Expr | undefined)[], whole: boolean): Answer {
  const target = call.args[0];
  if (!target || measured(call, target)) return;
  for (const text of texts) {
    const from = sender(text, call);
    if (from === undefined || !text) continue;
    const sized =
      whole && target.kind === 'name' && !call.inside?.params.includes(target.text) && call.result === 'no';
    const fix: Fix = {
      title: 'Copy no more than fits',
      edits: [{ at: call.at, text: `snprintf(${target.text}, sizeof(${target.text}), "%s", ${text.text})` }],
      safe: false,
    };
    return {
      at: text,
      says: `${text.text} comes from ${from} with any length, and ${call.callee} does not ask how much fits into ${target.text}`,
      ...(sized && { fixes: [fix] }),
    };
  }
}

export default rule({
  id: 'copy-of-input-unbounded',
  title: 'Input is copied whatever its length',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [120, 787],
  why: 'Text from outside is as long as its sender likes; strcpy, strcat and sprintf copy all of it.',
  attack:
    'Someone sends the device a JSON command whose "name" has two thousand letters. They run over the end of the field they were meant for, and over whatever lies behind it: pointers, lengths, return addresses.',
  instead: 'snprintf(target, sizeof target, "%s", text) or strlcpy, and refuse text that does not fit.',

  c: {
    flow: {
      from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
      to: ['an unbounded copy'],
      says: (source, { text, callee }) =>
        `${text} comes from ${source.kind} with any length, and ${callee ?? 'this'} does not ask how much fits`,
    },
    call: {
      strcpy: (call) => judge(call, [call.args[1]], true),
      stpcpy: (call) => judge(call, [call.args[1]], false),
      strcat: (call) => judge(call, [call.args[1]], false),
      sprintf: (call) => {
        const format = call.args[1];
        const words = (format && printed(format))?.filter(
          ({ letter, precision }) => letter === 's' && precision === undefined,
        );
        return judge(call, words?.map(({ argument }) => call.args[2 + argument]) ?? [], false);
      },
    },
  },

  bad: [
    {
      c: 'static void keep(char *to, const char *from) { strcpy(to, «from»); }\nvoid on_packet(int s, char *to) { char in[64]; recv(s, in, sizeof in, 0); keep(to, in); }',
    },
    {
      c: 'void set(cJSON *root) { char name[32]; cJSON *item = cJSON_GetObjectItem(root, "name"); strcpy(name, «item->valuestring»); use(name); }',
      becomes:
        'void set(cJSON *root) { char name[32]; cJSON *item = cJSON_GetObjectItem(root, "name"); snprintf(name, sizeof(name), "%s", item->valuestring); use(name); }',
    },
    { c: 'void set(cJSON *root) { strcpy(config.host, «cJSON_GetObjectItem(root, "host")->valuestring»); }' },
    {
      c: 'int cmd(int argc, char **argv) { char topic[32]; sprintf(topic, "dev/%d/%s", id, «argv[1]»); return publish(topic); }',
    },
    {
      c: 'void load(void) { char path[64]; const char *home = getenv("HOME"); strcpy(path, «home»); strcat(path, "/.conf"); }',
    },
  ],
  good: [
    {
      c: 'void on_packet(int s) { char in[64] = {0}, name[16]; recv(s, in, sizeof in - 1, 0); «guard: if (strlen(in) >= sizeof name) return;» strcpy(name, in); use(name); }',
    },
    {
      c: 'int cmd(int argc, char **argv) { char name[8]; «guard: if (strlen(argv[1]) >= sizeof name) return 1;» strcpy(name, argv[1]); return 0; }',
    },
    {
      c: 'void set(cJSON *item) { char name[32]; snprintf(name, sizeof name, "%s", item->valuestring); sprintf(name, "%.20s", item->valuestring); }',
    },
    { c: 'void f(void) { char name[32]; strcpy(name, "thermostat"); sprintf(name, "%d", 4); }' },
    { c: 'void f(char *out, const char *in) { strcpy(out, in); }' },
    { c: 'void f(char **argv) { char name[32]; sprintf(name, "%d", atoi(argv[1])); }' },
  ],
});
