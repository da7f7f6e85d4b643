import { rule, type Fix } from '../kit/index.js';

const TYPES = new Set(['esp_mqtt_event_handle_t', 'esp_mqtt_event_t']);

export default rule({
  id: 'mqtt-data-not-terminated',
  title: 'MQTT payload is read as a C string',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [170, 125],
  why: 'esp-mqtt hands out topic and data as bytes with a length; no zero ends them, so string functions read on into what was received before.',
  attack:
    'Someone who may publish sends a payload cut so that the rest of an older message completes it. The device acts on the mixture, or reads past its buffer and restarts.',
  instead:
    'Use the lengths: strncmp with event->topic_len, cJSON_ParseWithLength(event->data, event->data_len), or a terminated copy.',

  c: {
    shape: [
      {
        pattern:
          '(call_expression function: (identifier) @reader arguments: (argument_list . (field_expression argument: (identifier) @event field: (field_identifier) @field) @text . (_)? @second) @arguments (#any-of? @field "data" "topic") (#any-of? @reader "cJSON_Parse" "atoi" "atol" "atof" "strtol" "strtoul" "strtod" "strlen" "strdup" "strcmp" "strcasecmp" "strstr" "strchr" "sscanf")) @call',
        needs: ['esp_mqtt_event'],
        judge: ({ call, reader, event, field, text }) => {
          if (!call || !reader || !event || !field || !text || !TYPES.has(event.thing?.type ?? '')) return;
          const fix: Fix = {
            title: 'Parse no more than was received',
            edits: [{ at: call.at, text: `cJSON_ParseWithLength(${text.text}, ${text.text}_len)` }],
            safe: false,
          };
          return {
            at: text,
            says: `${text.text} has no terminator: ${reader.text} reads past the ${text.text}_len bytes that were received`,
            ...(reader.text === 'cJSON_Parse' && { fixes: [fix] }),
          };
        },
      },
    ],
  },

  bad: [
    {
      c: 'void on_event(void *arg, esp_event_base_t base, int32_t id, void *data) { esp_mqtt_event_handle_t event = data; cJSON *root = cJSON_Parse(«event->data»); use(root); }',
      becomes:
        'void on_event(void *arg, esp_event_base_t base, int32_t id, void *data) { esp_mqtt_event_handle_t event = data; cJSON *root = cJSON_ParseWithLength(event->data, event->data_len); use(root); }',
    },
    {
      c: 'static void handle(esp_mqtt_event_t *e) { if (strcmp(«e->topic», "home/lamp") == 0) set(atoi(«e->data»)); }',
    },
  ],
  good: [
    {
      c: 'void handle(esp_mqtt_event_handle_t e) { if (strncmp(e->topic, "home/lamp", e->topic_len) == 0) use(cJSON_ParseWithLength(e->data, e->data_len)); }',
    },
    {
      c: 'typedef struct { char *data; } row_t;\nint f(row_t *event) { return atoi(event->data); } /* esp_mqtt_event */',
    },
    {
      c: 'void f(esp_mqtt_event_handle_t event) { char text[65]; take(text, event); use(cJSON_Parse(text)); printf("%.*s", event->data_len, event->data); }',
    },
  ],
});
