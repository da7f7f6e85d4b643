import { rule, type Call, type Problem, type ProductView } from '../kit/index.js';

interface Library {
  /** Calls by which a client begins. */
  readonly starts: readonly string[];
  readonly isClient?: (call: Call) => boolean;
  /** Calls by which it says which server it means, or decides by other means than a name. */
  readonly names: readonly string[];
  readonly instead: string;
  readonly unlessVersion?: Problem['unlessVersion'];
}

const LIBRARIES: readonly Library[] = [
  {
    starts: ['mbedtls_ssl_config_defaults'],
    isClient: (call) => {
      const side = call.args[1];
      return side?.names.includes('MBEDTLS_SSL_IS_CLIENT') === true || side?.value === '0';
    },
    names: [
      'mbedtls_ssl_set_hostname',
      'mbedtls_ssl_conf_psk',
      'mbedtls_ssl_conf_verify',
      'mbedtls_ssl_set_verify',
      'mbedtls_ssl_get_peer_cert',
      'mbedtls_ssl_conf_psk_opaque',
    ],
    instead:
      'no call of mbedtls_ssl_set_hostname: Mbed TLS before 2.28.10 and 3.6.3 takes the certificate of any host, later versions refuse every server',
    // The releases that carry Mbed TLS 3.6.3 or later.
    unlessVersion: { 'esp-idf': '>=5.5.0 || ^5.4.2 || >=5.3.4 <5.4.0 || >=5.2.6 <5.3.0' },
  },
  {
    starts: ['wolfSSL_connect'],
    names: [
      'wolfSSL_check_domain_name',
      'wolfSSL_check_ip_address',
      'wolfSSL_set1_host',
      'wolfSSL_X509_check_host',
      'wolfSSL_X509_VERIFY_PARAM_set1_host',
      'wolfSSL_CTX_set_psk_client_callback',
      'wolfSSL_set_psk_client_callback',
      'wolfSSL_get_peer_certificate',
      'wolfSSL_CTX_set_verify',
      'wolfSSL_set_verify',
    ],
    instead: 'no call of wolfSSL_check_domain_name: the certificate of any host passes as that of the server',
  },
  {
    starts: ['SSL_connect'],
    names: [
      'SSL_set1_host',
      'SSL_add1_host',
      'SSL_set1_dnsname',
      'SSL_set1_ipaddr',
      'SSL_dane_enable',
      'X509_VERIFY_PARAM_set1_host',
      'X509_VERIFY_PARAM_set1_ip',
      'X509_VERIFY_PARAM_set1_ip_asc',
      'X509_check_host',
      'X509_check_ip',
      'X509_check_ip_asc',
      'SSL_get_peer_certificate',
      'SSL_get1_peer_certificate',
      'SSL_get0_peer_certificate',
      'SSL_CTX_set_psk_client_callback',
      'SSL_set_psk_client_callback',
      'SSL_CTX_set_cert_verify_callback',
      // libmosquitto and others look at the certificate in the callback.
      'X509_STORE_CTX_get_current_cert',
    ],
    instead: 'no call of SSL_set1_host: the certificate of any host passes as that of the server',
  },
];

/** wolfSSL: asks for a chain and leaves the rest to it. With a callback the product decides by itself. */
function asksForChainAlone({ callee, args: [, mode, callback] }: Call): boolean {
  return (
    /^wolfSSL_(CTX_)?set_verify$/.test(callee) &&
    callback?.literal === 'null' &&
    mode?.text.includes('VERIFY_PEER') === true
  );
}

export default rule({
  id: 'tls-name-unchecked',
  title: 'TLS client never says which server it means',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [297],
  why: 'A chain that leads to a trusted authority only shows that somebody has a certificate. Without the name of the server nobody asks whose it is.',
  attack:
    'Someone gets a free certificate for a domain of their own and answers with it in place of your server. Its chain is valid, and since the device never said whom it wants to talk to, it is content and logs in.',
  instead:
    'Before the handshake give the library the name of the server: mbedtls_ssl_set_hostname, wolfSSL_check_domain_name, SSL_set1_host; for an address X509_VERIFY_PARAM_set1_ip_asc.',

  c: {
    product: {
      needs: LIBRARIES.flatMap(({ starts, names }) => [...starts, ...names]),
      *judge(product: ProductView) {
        for (const { starts, isClient, names, instead, unlessVersion } of LIBRARIES) {
          if (names.flatMap(product.calls).some((call) => !asksForChainAlone(call))) continue;
          for (const call of starts.flatMap(product.calls))
            if (isClient?.(call) ?? true)
              yield {
                at: call.calleeAt,
                says: `${call.callee} with ${instead}`,
                ...(unlessVersion && { unlessVersion }),
              };
        }
      },
    },
  },

  bad: [
    {
      c: 'int f(mbedtls_ssl_config *conf, mbedtls_ssl_context *ssl) { «mbedtls_ssl_config_defaults»(conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT); mbedtls_ssl_conf_ca_chain(conf, &ca, NULL); mbedtls_ssl_setup(ssl, conf); return mbedtls_ssl_handshake(ssl); }',
    },
    {
      files: {
        'dependencies.lock':
          'dependencies:\n  idf:\n    source:\n      type: idf\n    version: 5.2.3\nmanifest_hash: 1\n',
        'dial.c':
          'void dial(void) { «mbedtls_ssl_config_defaults»(&conf, MBEDTLS_SSL_IS_CLIENT, 0, 0); mbedtls_ssl_handshake(&ssl); }\n',
      },
    },
    { c: 'int f(WOLFSSL *ssl, int fd) { wolfSSL_set_fd(ssl, fd); return «wolfSSL_connect»(ssl); }' },
    {
      c: 'int f(WOLFSSL_CTX *ctx, WOLFSSL *ssl) { wolfSSL_CTX_set_verify(ctx, WOLFSSL_VERIFY_PEER, NULL); return «wolfSSL_connect»(ssl); }',
    },
    {
      files: {
        'tls.c':
          'int dial(SSL_CTX *ctx, int fd) { SSL *ssl = SSL_new(ctx); SSL_set_fd(ssl, fd); return «SSL_connect»(ssl); }\n',
        'ctx.c':
          'void setup(SSL_CTX *ctx) { SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL); SSL_CTX_load_verify_locations(ctx, CA, NULL); }\n',
      },
    },
  ],
  good: [
    {
      files: {
        sdkconfig:
          '#\n# Automatically generated file. DO NOT EDIT.\n# Espressif IoT Development Framework (ESP-IDF) 5.5.1 Project Configuration\n#\n',
        'dial.c':
          'void dial(void) { mbedtls_ssl_config_defaults(&conf, MBEDTLS_SSL_IS_CLIENT, 0, 0); mbedtls_ssl_handshake(&ssl); }\n',
      },
    },
    {
      c: 'int f(mbedtls_ssl_config *conf, mbedtls_ssl_context *ssl, const char *host) { mbedtls_ssl_config_defaults(conf, MBEDTLS_SSL_IS_CLIENT, 0, 0); «guard: if (mbedtls_ssl_set_hostname(ssl, host) != 0) return -1;» return mbedtls_ssl_handshake(ssl); }',
    },
    {
      c: 'int f(mbedtls_ssl_config *conf, mbedtls_ssl_context *ssl) { mbedtls_ssl_config_defaults(conf, MBEDTLS_SSL_IS_SERVER, 0, 0); return mbedtls_ssl_handshake(ssl); }',
    },
    {
      files: {
        'dial.c': 'int dial(SSL *ssl) { return SSL_connect(ssl); }\n',
        'name.c': 'int name(SSL *ssl, const char *host) { return «guard: SSL_set1_host(ssl, host) ==» 1; }\n',
      },
    },
    {
      c: 'int f(WOLFSSL *ssl) { wolfSSL_set_verify(ssl, WOLFSSL_VERIFY_PEER, on_certificate); return wolfSSL_connect(ssl); }',
    },
    {
      c: 'int f(WOLFSSL *ssl, const char *host) { if (wolfSSL_check_domain_name(ssl, host) != WOLFSSL_SUCCESS) return -1; return wolfSSL_connect(ssl); }',
    },
  ],
});
