import { rule, type Answer, type Call } from '../kit/index.js';

/**
 * Decoders that leave their output as it was, or half written, when the input is malformed. Not those that mark it as
 * invalid, so that whatever reads it next fails: `cbor_parser_init`.
 */
const DECODERS = [
  'pb_decode',
  'pb_decode_ex',
  'pb_decode_delimited',
  'cbor_value_enter_container',
  'cbor_value_get_int',
  'cbor_value_get_int_checked',
  'cbor_value_copy_text_string',
  'cbor_value_copy_byte_string',
  'nanocbor_get_uint8',
  'nanocbor_get_uint16',
  'nanocbor_get_uint32',
  'nanocbor_get_int32',
  'nanocbor_get_bstr',
  'nanocbor_get_tstr',
  'nanocbor_enter_array',
  'nanocbor_enter_map',
  'zcbor_uint32_decode',
  'zcbor_int32_decode',
  'zcbor_tstr_decode',
  'zcbor_bstr_decode',
  'httpd_query_key_value',
  'httpd_req_recv',
  'json_obj_parse',
  'scanf',
  'fscanf',
  'sscanf',
] as const;

function judge(call: Call): Answer {
  return (
    call.result === 'no' && {
      at: call.calleeAt,
      says: `${call.callee} says whether the input was well formed, and nobody asks: what follows works on values that were never set`,
    }
  );
}

export default rule({
  id: 'decode-result-ignored',
  title: 'Malformed input goes unnoticed',
  severity: 'warning',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [252, 20],
  why: 'A decoder that fails leaves its output unset; code that goes on acts on what lay in memory before.',
  attack:
    'Someone sends a message that is cut off in the middle. The decoder gives up, the device does not notice and uses what the last message or the stack left in the structure as if it had just been received.',
  instead: 'Test the result and drop the message when it is not well formed.',

  c: { call: Object.fromEntries(DECODERS.map((name) => [name, judge])) },

  bad: [
    { c: 'void f(const char *line) { int level; «sscanf»(line, "%d", &level); set_level(level); }' },
    {
      c: 'void f(const uint8_t *data, size_t n) { Command c; pb_istream_t in = pb_istream_from_buffer(data, n); «pb_decode»(&in, Command_fields, &c); run(&c); }',
    },
    {
      c: 'void f(nanocbor_value_t *v) { uint32_t level; «nanocbor_get_uint32»(v, &level); set_level(level); }',
    },
  ],
  good: [
    {
      c: 'int f(const char *line) { int level; if (sscanf(line, "%d", &level) != 1) return -1; return level; }',
    },
    {
      c: 'int f(pb_istream_t *in) { Command c; if (!pb_decode(in, Command_fields, &c)) return -1; return run(&c); }',
    },
    { c: 'int f(nanocbor_value_t *v, uint32_t *level) { return nanocbor_get_uint32(v, level); }' },
    {
      c: 'int f(const uint8_t *in, size_t n, CborParser *p, CborValue *v) { cbor_parser_init(in, n, 0, p, v); return cbor_value_is_map(v) ? 0 : -1; }',
    },
    {
      c: 'int f(CborValue *v, int *level) { CborError err = cbor_value_get_int(v, level); (void)nanocbor_skip(v); return err; }',
    },
  ],
});
