import { rule, type Expr } from '../kit/index.js';

const SAYS =
  'this callback says yes to every certificate, whatever the library found wrong with it: anyone on the path can pose as the other side';

const ANY_NAME =
  'this callback says yes to every name: the certificate of anybody else whom the authority knows passes as well';

export default rule({
  id: 'tls-verify-callback-accepts',
  title: 'Certificate callback accepts everything',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295],
  why: 'A verify callback has the last word: what it waves through, the library takes for good, though verification looks switched on everywhere else.',
  attack:
    'Someone who runs the access point answers in the name of your server with a certificate of their own. The library notices that nobody signed it and asks the callback, which says that all is well; the device sends its log-in.',
  instead:
    'Pass no callback, or return what the library found: OpenSSL and wolfSSL return preverify_ok, Mbed TLS return 0 and leave *flags as they are. Clear single flags only under a condition that is checked.',

  c: {
    setting: {
      'tls.verify-callback': ({ value, api }) => {
        const returns = value.func?.returns ?? [];
        return (
          returns.length > 0 &&
          returns.every((result) => result.value === '1') && {
            at: value,
            says: api.endsWith('.validate_cn_call_back') ? ANY_NAME : SAYS,
          }
        );
      },
    },
    shape: [
      {
        pattern: `(function_definition
          declarator: (function_declarator parameters: (parameter_list
            (parameter_declaration type: (type_identifier) @type)
            (parameter_declaration declarator: (pointer_declarator declarator: (identifier) @param))))
          body: (compound_statement (expression_statement (assignment_expression
            left: (pointer_expression argument: (identifier) @flags)
            right: (number_literal) @zero) @clear))
          (#eq? @type "mbedtls_x509_crt")
          (#eq? @flags @param)
          (#eq? @zero "0"))`,
        needs: ['mbedtls_x509_crt'],
        judge: ({ clear }: Readonly<Record<string, Expr>>) =>
          clear !== undefined && { at: clear, says: SAYS },
      },
    ],
  },

  bad: [
    {
      c: 'static int accept_all(int ok, X509_STORE_CTX *store) { (void)ok; (void)store; return 1; }\nvoid f(SSL_CTX *ctx) { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, «accept_all»); }',
    },
    {
      c: 'static int on_cert(int ok, WOLFSSL_X509_STORE_CTX *store) { if (!ok) printf("error %d\\n", store->error); return 1; }\nvoid f(WOLFSSL_CTX *ctx) { wolfSSL_CTX_set_verify(ctx, WOLFSSL_VERIFY_PEER, «on_cert»); }',
    },
    {
      c: 'static int on_crt(void *ctx, mbedtls_x509_crt *crt, int depth, uint32_t *flags) { log_subject(crt); «*flags = 0»; return 0; }\nvoid f(void) { mbedtls_ssl_conf_verify(&conf, on_crt, NULL); }',
    },
    {
      c: 'static int any_name(const char *cn, const uint8_t *cert, size_t n, coap_session_t *s, unsigned depth, int ok, void *arg) { return 1; }\nvoid f(coap_context_t *c) { coap_dtls_pki_t pki = { .verify_peer_cert = 1, .validate_cn_call_back = «any_name» }; coap_context_set_pki(c, &pki); }',
    },
  ],
  good: [
    {
      c: 'static int on_cert(int ok, X509_STORE_CTX *store) { if (!ok) log_it(store); return ok; }\nvoid f(SSL_CTX *ctx) { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_cert); }',
    },
    {
      c: 'static int on_cert(int ok, WOLFSSL_X509_STORE_CTX *store) {\n#ifdef BENCH\n  return 1;\n#else\n  return ok;\n#endif\n}\nvoid f(WOLFSSL_CTX *ctx) { wolfSSL_CTX_set_verify(ctx, WOLFSSL_VERIFY_PEER, on_cert); }',
    },
    {
      c: 'static int on_cert(int ok, X509_STORE_CTX *store) { «guard: if (!ok && !pinned(store)) return 0;» return 1; }\nvoid f(SSL_CTX *ctx) { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_cert); }',
    },
    {
      c: 'static int on_crt(void *ctx, mbedtls_x509_crt *crt, int depth, uint32_t *flags) { if (clock_unset() && *flags == MBEDTLS_X509_BADCERT_FUTURE) { *flags = 0; } return 0; }',
    },
    {
      c: 'int count(mbedtls_x509_crt *crt, unsigned *depth) { unsigned n = 0; *depth = 1; n = 0; return n; }',
    },
    { c: 'void f(SSL_CTX *ctx) { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL); }' },
  ],
});
