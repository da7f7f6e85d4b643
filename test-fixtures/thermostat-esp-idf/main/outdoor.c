/*
 * Halden H2 - the outdoor probe, a radio thermometer on the north wall.
 *
 * Probes of the first series speak plain CoAP with sealed payloads, those of
 * the second series speak CoAP over DTLS.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "esp_check.h"
#include "esp_random.h"
#include "mbedtls/chachapoly.h"
#include "mbedtls/ecp.h"
#include "mbedtls/gcm.h"

#include "outdoor.h"
#include "security.h"

#define BOX             (OUTDOOR_BLOCK + SEC_SEAL_TAG)

/* A probe without light has no clock, so its certificate may have run out long ago. */
static coap_session_t *open_second(coap_context_t *ctx, const coap_address_t *probe)
{
    coap_dtls_pki_t pki;

    memset(&pki, 0, sizeof(pki));
    pki.version = COAP_DTLS_PKI_SETUP_VERSION;
    pki.verify_peer_cert = 1;
    pki.check_common_ca = 1;
    pki.allow_expired_certs = 1;
    pki.cert_chain_validation = 1;
    pki.cert_chain_verify_depth = 2;
    return coap_new_client_session_pki(ctx, NULL, probe, COAP_PROTO_DTLS, &pki);
}

coap_session_t *outdoor_open(coap_context_t *ctx, const coap_address_t *probe, bool second_series)
{
    coap_proto_t proto = COAP_PROTO_UDP;

    if (second_series) {
        return open_second(ctx, probe);
    }
    return coap_new_client_session(ctx, NULL, probe, proto);
}

/* One function for both ways: what is made of the bytes is the same, and a tag comes out of both. */
static esp_err_t run_gcm(int way, const uint8_t key[32], const uint8_t *nonce, const uint8_t *in, size_t n,
                         uint8_t *out, uint8_t tag[SEC_SEAL_TAG])
{
    mbedtls_gcm_context gcm;
    int rc;

    mbedtls_gcm_init(&gcm);
    rc = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 256);
    if (rc == 0) {
        rc = mbedtls_gcm_crypt_and_tag(&gcm, way, n, nonce, SEC_SEAL_NONCE, NULL, 0, in, out, SEC_SEAL_TAG, tag);
    }
    mbedtls_gcm_free(&gcm);
    return rc == 0 ? ESP_OK : ESP_FAIL;
}

esp_err_t outdoor_frame_in(const uint8_t key[32], const uint8_t *frame, size_t n, uint8_t *out)
{
    uint8_t tag[SEC_SEAL_TAG];

    if (n <= SEC_SEAL_OVERHEAD || n > SEC_SEAL_OVERHEAD + OUTDOOR_BLOCK) {
        return ESP_ERR_INVALID_SIZE;
    }
    return run_gcm(MBEDTLS_GCM_DECRYPT, key, frame, frame + SEC_SEAL_OVERHEAD, n - SEC_SEAL_OVERHEAD, out, tag);
}

esp_err_t outdoor_frame_out(const uint8_t key[32], const uint8_t *text, size_t n, uint8_t *frame)
{
    if (n > OUTDOOR_BLOCK) {
        return ESP_ERR_INVALID_SIZE;
    }
    esp_fill_random(frame, SEC_SEAL_NONCE);
    return run_gcm(MBEDTLS_GCM_ENCRYPT, key, frame, text, n, frame + SEC_SEAL_OVERHEAD, frame + SEC_SEAL_NONCE);
}

/* The log of a month, block by block, since the probe has room for one block only. */
esp_err_t outdoor_seal_log(const uint8_t key[32], const uint8_t *log, size_t blocks, uint8_t *box)
{
    mbedtls_chachapoly_context chacha;
    uint8_t start[SEC_SEAL_NONCE];
    int rc;

    esp_fill_random(start, sizeof(start));
    memcpy(box, start, sizeof(start));
    box += sizeof(start);
    mbedtls_chachapoly_init(&chacha);
    rc = mbedtls_chachapoly_setkey(&chacha, key);
    while (rc == 0 && blocks-- > 0) {
        rc = mbedtls_chachapoly_encrypt_and_tag(&chacha, OUTDOOR_BLOCK, start, NULL, 0, log, box,
                                                box + OUTDOOR_BLOCK);
        log += OUTDOOR_BLOCK;
        box += BOX;
    }
    mbedtls_chachapoly_free(&chacha);
    return rc == 0 ? ESP_OK : ESP_FAIL;
}

/* What the phone app shows the probe in place of a log-in. */
void outdoor_new_token(char token[33])
{
    static const char digits[] = "0123456789abcdef";

    srand((unsigned) time(NULL));
    for (int i = 0; i < 32; i++) {
        token[i] = digits[rand() % 16];
    }
    token[32] = '\0';
}

static int spread(void *ctx, unsigned char *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = (unsigned char) (random() >> 7);
    }
    return 0;
}

/* The probe's own key pair; it is made while the heating runs, so it must not wait for the radio. */
esp_err_t outdoor_new_pair(mbedtls_ecp_keypair *pair)
{
    return mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, pair, spread, NULL) == 0 ? ESP_OK : ESP_FAIL;
}
