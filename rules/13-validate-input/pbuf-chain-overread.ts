import { rule, type Call, type Fix, type Problem } from '../kit/index.js';

/** Two fields of one packet buffer: what its first piece holds, and how long the whole chain is. */
function judge(call: Call): Problem | false {
  const [target, source, length] = call.args;
  const from = /^(.*?)(->|\.)\s*payload$/s.exec(source?.text ?? '')?.[1];
  if (!target || !source || !length || from === undefined || source.kind !== 'member') return false;
  if (length.kind !== 'member' || !new RegExp(`^${escaped(from)}(->|\\.)\\s*tot_len$`).test(length.text))
    return false;
  const fix: Fix = {
    title: 'Copy from all pieces of the chain',
    edits: [{ at: call.at, text: `pbuf_copy_partial(${from}, ${target.text}, ${length.text}, 0)` }],
    safe: false,
  };
  return {
    at: length,
    says: `${length.text} counts the whole chain, ${source.text} is only its first piece: the rest is read from memory behind it`,
    ...(call.result === 'no' && source.text.includes('->') && { fixes: [fix] }),
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export default rule({
  id: 'pbuf-chain-overread',
  title: 'Length of a packet chain used on its first piece',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B'],
  cwe: [125],
  why: 'lwIP may hand over a packet in several linked buffers: payload belongs to the first, tot_len to all of them.',
  attack:
    'Someone on the network sends packets in fragments or larger than one buffer. The device copies whatever lies behind the first piece, and an echo or a log carries its memory back to the sender.',
  instead: 'pbuf_copy_partial(p, target, length, 0), or walk the chain with p->next and p->len.',

  c: { call: { memcpy: judge, memmove: judge, MEMCPY: judge } },

  bad: [
    {
      c: 'void on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p) { memcpy(frame, p->payload, «p->tot_len»); }',
      becomes:
        'void on_udp(void *arg, struct udp_pcb *pcb, struct pbuf *p) { pbuf_copy_partial(p, frame, p->tot_len, 0); }',
    },
    { c: 'void f(struct session *s) { memmove(s->buffer, s->rx->payload, «s->rx->tot_len»); }' },
  ],
  good: [
    { c: 'void f(struct pbuf *p) { pbuf_copy_partial(p, frame, p->tot_len, 0); }' },
    { c: 'void f(struct pbuf *p) { for (; p; p = p->next) memcpy(frame, p->payload, p->len); }' },
    {
      c: 'void f(struct pbuf *p, struct pbuf *q) { memcpy(p->payload, data, p->tot_len); memcpy(out, p->payload, q->tot_len); }',
    },
  ],
});
