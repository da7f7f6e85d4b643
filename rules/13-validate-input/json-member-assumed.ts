import { rule } from '../kit/index.js';

const LOOKUPS = new Set(['cJSON_GetObjectItem', 'cJSON_GetObjectItemCaseSensitive', 'cJSON_GetArrayItem']);

export default rule({
  id: 'json-member-assumed',
  title: 'JSON member is used without asking whether it is there',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [476, 20],
  why: 'The look-up returns NULL when the sender left the member out, and a member of another type has no string.',
  attack:
    'Someone who can reach the topic or the web interface sends {} where a command was expected. The device reads through a null pointer and restarts; sent again and again, it is out of service.',
  instead:
    'Keep the item in a variable and test it: cJSON_IsString(item) && item->valuestring, cJSON_IsNumber(item).',

  c: {
    shape: [
      {
        pattern:
          '(field_expression argument: (call_expression function: (identifier) @lookup) @call field: (field_identifier) @field (#match? @lookup "^cJSON_Get(Object|Array)Item"))',
        needs: ['cJSON_GetObjectItem', 'cJSON_GetArrayItem'],
        judge: ({ lookup, call, field }) =>
          call &&
          field &&
          LOOKUPS.has(lookup?.text ?? '') &&
          !call.call?.inside?.calls.has('cJSON_HasObjectItem') && {
            at: call,
            says: `${lookup?.text ?? ''} gives NULL when the item is missing${field.text === 'valuestring' ? ', and one of another type has no string' : ''}: ->${field.text} then crashes the device`,
          },
      },
    ],
  },

  bad: [
    { c: 'void f(cJSON *root) { set_level(«cJSON_GetObjectItem(root, "level")»->valueint); }' },
    {
      c: 'void f(cJSON *root) { const char *name = «cJSON_GetObjectItemCaseSensitive(root, "name")»->valuestring; use(name); }',
    },
    { c: 'int f(cJSON *list) { return (int)«cJSON_GetArrayItem(list, 0)»->valuedouble; }' },
  ],
  good: [
    {
      c: 'void f(cJSON *root) { cJSON *level = cJSON_GetObjectItem(root, "level"); if (cJSON_IsNumber(level)) set_level(level->valueint); }',
    },
    {
      c: 'void f(cJSON *root) { «guard: if (!cJSON_HasObjectItem(root, "level")) return;» set_level(cJSON_GetObjectItem(root, "level")->valueint); }',
    },
    { c: 'int f(cJSON *root) { return cJSON_GetNumberValue(cJSON_GetObjectItem(root, "level")); }' },
    { c: 'int f(struct table *t) { return table_get_item(t, "level")->valueint; }' },
  ],
});
