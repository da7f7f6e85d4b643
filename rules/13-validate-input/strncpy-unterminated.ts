import { rule, type Fix } from '../kit/index.js';

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

  c: {
    call: {
      strncpy: (call) => {
        const [target, source, size] = call.args;
        if (target?.kind !== 'name' || size?.kind !== 'sizeof' || !source || source.value !== undefined)
          return;
        if (!/^sizeof\s*\(?\s*\w+\s*\)?$/.test(size.text) || !size.text.includes(target.text)) return;
        if (call.inside?.params.includes(target.text) === true || target.thing?.type !== 'char') return;
        if (target.thing.fields.has('') || call.result !== 'no' || call.inside?.calls.has('strlen') === true)
          return;
        // A call or a field has a bound of its own more often than not.
        if (source.kind !== 'name' && !/(->|\.)\s*valuestring$|^argv\[/.test(source.text)) return;
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
      },
    },
  },

  bad: [
    {
      c: 'void f(const char *s) { char name[16]; «strncpy(name, s, sizeof(name))»; puts(name); }',
      becomes: 'void f(const char *s) { char name[16]; snprintf(name, sizeof(name), "%s", s); puts(name); }',
    },
    { c: 'static char host[64];\nvoid f(cJSON *item) { «strncpy(host, item->valuestring, sizeof host)»; }' },
  ],
  good: [
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
