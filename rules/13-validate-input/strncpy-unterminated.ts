import { rule, type Answer, type Call, type Expr, type Fix } from '../kit/index.js';

/** Whether the whole buffer is what may be filled: by its name, or by a number that is the same. */
function isAllOf(target: Expr, size: Expr): boolean {
  if (size.kind === 'sizeof')
    return /^sizeof\s*\(?\s*\w+\s*\)?$/.test(size.text) && size.text.includes(target.text);
  return size.value !== undefined && Number(size.value) === target.elements;
}

/** A text in the code is known to its end. A call or a field has a bound of its own more often than not. */
function mayFill(source: Expr, room: number | undefined): boolean {
  if (source.value !== undefined) return room !== undefined && source.value.length >= room;
  return source.kind === 'name' || /(->|\.)\s*valuestring$|^argv\[/.test(source.text);
}

function judge(call: Call): Answer {
  const [target, source, size] = call.args;
  if (target?.kind !== 'name' || !size || !source) return;
  if (!isAllOf(target, size) || !mayFill(source, target.elements)) return;
  if (call.inside?.params.includes(target.text) === true || target.thing?.type !== 'char') return;
  if (target.thing.fields.has('') || call.result !== 'no' || call.inside?.calls.has('strlen') === true)
    return;
  const fix: Fix = {
    title: 'Copy with a terminator',
    edits: [{ at: call.at, text: `snprintf(${target.text}, ${size.text}, "%s", ${source.text})` }],
    safe: false,
  };
  return {
    at: call.at,
    says: `${target.text} has no terminator when ${source.text} fills it, and reading it then runs past its end`,
    fixes: [fix],
  };
}

export default rule({
  id: 'strncpy-unterminated',
  title: 'strncpy leaves a full buffer without an end',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A'],
  cwe: [170],
  why: 'When the source fills the buffer, strncpy writes no terminator, and the next string function reads on into whatever lies behind.',
  attack:
    'Someone sets a name that is exactly as long as the buffer. When the device shows or sends that name, it goes on with the memory behind it, up to the next zero byte: other settings, parts of a key, pointers.',
  instead: 'snprintf(d, sizeof d, "%s", s) or strlcpy; or copy sizeof(d) - 1 and write the terminator.',

  c: { call: { strncpy: judge, stpncpy: judge } },

  bad: [
    {
      c: '#define SIZE 16\nvoid f(const char *s) { char name[SIZE]; «strncpy(name, s, SIZE)»; puts(name); }',
    },
    {
      c: 'void f(void) { char name[8]; «strncpy(name, "thermostat", 8)»; puts(name); }',
    },
    {
      c: 'void f(const char *s) { char name[16]; «strncpy(name, s, sizeof(name))»; puts(name); }',
      becomes: 'void f(const char *s) { char name[16]; snprintf(name, sizeof(name), "%s", s); puts(name); }',
    },
    { c: 'static char host[64];\nvoid f(cJSON *item) { «strncpy(host, item->valuestring, sizeof host)»; }' },
  ],
  good: [
    {
      c: '#define SIZE 16\nvoid f(const char *s) { char name[SIZE]; strncpy(name, s, SIZE - 1); puts(name); }',
    },
    {
      c: "void f(const char *s) { char name[16]; strncpy(name, s, sizeof(name)); «guard: name[15] = '\\0';» puts(name); }",
    },
    { c: 'void f(const char *s) { char name[16] = ""; strncpy(name, s, sizeof(name) - 1); }' },
    {
      c: 'int f(const char *s) { char name[16]; «guard: if (strlen(s) >= sizeof(name)) return -1;» strncpy(name, s, sizeof(name)); return use(name); }',
    },
    {
      c: 'void f(void) { char name[16]; strncpy(name, "thermostat", sizeof(name)); strncpy(name, inet_ntoa(ip), sizeof(name)); }',
    },
    {
      c: 'void f(wifi_config_t *cfg, const char *s) { strncpy((char *)cfg->sta.ssid, s, sizeof(cfg->sta.ssid)); }',
    },
  ],
});
