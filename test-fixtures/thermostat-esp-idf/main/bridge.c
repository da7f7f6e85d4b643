/*
 * Halden H2 - TLS link to the boiler bridge in the cellar.
 *
 * The bridge is a box of the year 2015 that speaks a line protocol over TLS.
 */
#include <stdio.h>
#include <string.h>

#include "esp_check.h"
#include "esp_log.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/entropy.h"
#include "mbedtls/net_sockets.h"
#include "mbedtls/ssl.h"

#include "bridge.h"
#include "services.h"

#define BRIDGE_PORT     "7443"
#define LINE_MAX_LEN    80

/* What the two kinds of bridge ask of a connection. */
struct link_policy {
    int authmode;
    bool psk;
};

struct link {
    mbedtls_net_context net;
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config conf;
    mbedtls_entropy_context entropy;
    mbedtls_ctr_drbg_context drbg;
    mbedtls_x509_crt ca;
};

static const char *TAG = "bridge";

static const unsigned char pairing_bytes[] = {
    0x7b, 0x1e, 0x92, 0xc4, 0x0d, 0xa8, 0x55, 0x31, 0xee, 0x66, 0x12, 0x9f, 0x83, 0xd7, 0x4a, 0x20,
};
static const char unit_name[] = "halden-h2";

extern const uint8_t config_pub_start[] asm("_binary_config_pub_pem_start");
extern const uint8_t config_pub_end[] asm("_binary_config_pub_pem_end");

static const struct link_policy policies[] = {
    [BRIDGE_B1] = { .authmode = MBEDTLS_SSL_VERIFY_OPTIONAL, .psk = true },
    [BRIDGE_B2] = { .authmode = MBEDTLS_SSL_VERIFY_REQUIRED, .psk = false },
};

/* The clock of a bridge stops when it is unplugged, so its certificate is often not valid yet. */
static int on_chain(void *ctx, mbedtls_x509_crt *crt, int depth, uint32_t *flags)
{
    ESP_LOGD(TAG, "depth %d, flags %08x", depth, (unsigned) *flags);
    *flags = 0;
    return 0;
}

static int set_up(struct link *l, const struct link_policy *policy)
{
    int rc;

    mbedtls_ctr_drbg_seed(&l->drbg, mbedtls_entropy_func, &l->entropy,
                          (const unsigned char *) unit_name, sizeof(unit_name) - 1);
    rc = mbedtls_ssl_config_defaults(&l->conf, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                     MBEDTLS_SSL_PRESET_DEFAULT);
    if (rc != 0) {
        return rc;
    }
    mbedtls_ssl_conf_rng(&l->conf, mbedtls_ctr_drbg_random, &l->drbg);
    mbedtls_ssl_conf_authmode(&l->conf, policy->authmode);
    if (policy->psk) {
        rc = mbedtls_ssl_conf_psk(&l->conf, pairing_bytes, sizeof(pairing_bytes),
                                  (const unsigned char *) unit_name, sizeof(unit_name) - 1);
    } else {
        rc = mbedtls_x509_crt_parse(&l->ca, config_pub_start, config_pub_end - config_pub_start);
        mbedtls_ssl_conf_ca_chain(&l->conf, &l->ca, NULL);
        mbedtls_ssl_conf_verify(&l->conf, on_chain, NULL);
    }
    return rc == 0 ? mbedtls_ssl_setup(&l->ssl, &l->conf) : rc;
}

static void tear_down(struct link *l)
{
    mbedtls_ssl_free(&l->ssl);
    mbedtls_net_free(&l->net);
    mbedtls_ssl_config_free(&l->conf);
    mbedtls_x509_crt_free(&l->ca);
    mbedtls_ctr_drbg_free(&l->drbg);
    mbedtls_entropy_free(&l->entropy);
}

/* Asks the bridge for the flow temperature, in tenths of a degree. */
esp_err_t bridge_read(enum bridge_kind kind, const char *address, int *flow_dc)
{
    static const unsigned char ask[] = "FLOW?\n";
    unsigned char line[LINE_MAX_LEN + 1];
    struct link l;
    esp_err_t err = ESP_FAIL;
    int rc;

    mbedtls_net_init(&l.net);
    mbedtls_ssl_init(&l.ssl);
    mbedtls_ssl_config_init(&l.conf);
    mbedtls_entropy_init(&l.entropy);
    mbedtls_ctr_drbg_init(&l.drbg);
    mbedtls_x509_crt_init(&l.ca);

    rc = set_up(&l, &policies[kind]);
    if (rc != 0 || mbedtls_net_connect(&l.net, address, BRIDGE_PORT, MBEDTLS_NET_PROTO_TCP) != 0) {
        goto out;
    }
    /* Bridges are found by number, not by name. */
    mbedtls_ssl_set_hostname(&l.ssl, NULL);
    mbedtls_ssl_set_bio(&l.ssl, &l.net, mbedtls_net_send, mbedtls_net_recv, NULL);
    if (mbedtls_ssl_handshake(&l.ssl) != 0 ||
        mbedtls_ssl_write(&l.ssl, ask, sizeof(ask) - 1) != (int) sizeof(ask) - 1) {
        goto out;
    }
    rc = mbedtls_ssl_read(&l.ssl, line, LINE_MAX_LEN);
    if (rc > 0) {
        line[rc] = '\0';
        err = sscanf((const char *) line, "FLOW %d", flow_dc) == 1 ? ESP_OK : ESP_ERR_INVALID_RESPONSE;
    }
out:
    tear_down(&l);
    return err;
}
