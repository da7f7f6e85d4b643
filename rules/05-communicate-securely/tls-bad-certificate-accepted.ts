import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'tls-bad-certificate-accepted',
  title: 'Self-signed or expired certificates are accepted',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295, 298],
  why: 'A certificate that its owner signed says nothing of who they are, and one that ran out may belong to a key that leaked long ago.',
  attack:
    'Someone on the path makes a certificate in the name of your server and signs it themselves. The library would refuse it, but this setting lets it pass, and the commands of the attacker are carried out.',
  instead:
    'Give the certificate authority of the server as trust anchor and leave these exceptions off. libcoap: check_common_ca = 1 and ca_file. node-opcua: let a person trust a new certificate once.',

  any: {
    setting: {
      'tls.self-signed': ({ value, means, spelling, thing }) => {
        const on = spelling('on');
        return (
          means === 'off' &&
          // libcoap then looks at the authority alone.
          thing?.fields.get('check_common_ca')?.value !== '1' && {
            at: value,
            says: 'certificates that their owner signed are accepted: anyone can make one in the name of the other side',
            ...(on !== undefined && { fixes: [suggest(value, on, 'Refuse unknown certificates')] }),
          }
        );
      },
      'tls.verify-dates': ({ value, means, api, spelling }) => {
        const on = spelling('on');
        return (
          means === 'off' && {
            at: value,
            says: `${value.literal === undefined ? value.text : api} accepts certificates that ran out, also those whose keys are known since`,
            ...(on !== undefined && { fixes: [suggest(value, on, 'Refuse expired certificates')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'void f(coap_context_t *c) { coap_dtls_pki_t pki = { .verify_peer_cert = 1, .allow_self_signed = «1», .allow_expired_certs = «1» }; coap_context_set_pki(c, &pki); }',
      becomes:
        'void f(coap_context_t *c) { coap_dtls_pki_t pki = { .verify_peer_cert = 1, .allow_self_signed = 0, .allow_expired_certs = 0 }; coap_context_set_pki(c, &pki); }',
    },
    { c: 'void f(X509_VERIFY_PARAM *p) { X509_VERIFY_PARAM_set_flags(p, «X509_V_FLAG_NO_CHECK_TIME»); }' },
    {
      ts: "import { OPCUACertificateManager } from 'node-opcua';\nconst manager = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: «true» });",
      becomes:
        "import { OPCUACertificateManager } from 'node-opcua';\nconst manager = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: false });",
    },
  ],
  good: [
    {
      c: 'void f(coap_context_t *c) { coap_dtls_pki_t pki = { .verify_peer_cert = 1, «guard: .check_common_ca = 1,» .allow_self_signed = 1 }; coap_context_set_pki(c, &pki); }',
    },
    { c: 'void f(X509_VERIFY_PARAM *p) { X509_VERIFY_PARAM_set_flags(p, X509_V_FLAG_CRL_CHECK); }' },
    { c: 'void f(struct own *o) { o->allow_self_signed = 1; }' },
    {
      ts: "import { OPCUACertificateManager } from 'node-opcua';\nnew OPCUACertificateManager({ automaticallyAcceptUnknownCertificate: false });",
    },
    { ts: "import { Manager } from './ui';\nnew Manager({ automaticallyAcceptUnknownCertificate: true });" },
  ],
});
