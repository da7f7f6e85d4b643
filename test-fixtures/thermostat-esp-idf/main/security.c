/*
 * Halden H2 - keys, passwords, sealing.
 *
 * The device key is made once and lives in encrypted NVS. Everything that
 * needs a key takes a subkey of it, so no two parts share one.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "driver/gpio.h"
#include "esp_check.h"
#include "esp_log.h"
#include "esp_mac.h"
#include "esp_random.h"
#include "mbedtls/constant_time.h"
#include "mbedtls/gcm.h"
#include "mbedtls/hkdf.h"
#include "mbedtls/md.h"
#include "mbedtls/pk.h"
#include "mbedtls/pkcs5.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/sha256.h"
#include "nvs.h"

#include "config.h"
#include "security.h"
#include "services.h"
#include "storage.h"

#define PBKDF2_ROUNDS   100000
#define KEY_LEN         32

struct pw_record {
    uint8_t salt[16];
    uint8_t hash[32];
};

static const char *TAG = "sec";

static const char FLEET_SALT[] = "h2/eu/2024-03/mqtt";

extern const uint8_t config_pub_start[] asm("_binary_config_pub_pem_start");
extern const uint8_t config_pub_end[] asm("_binary_config_pub_pem_end");

static uint8_t s_device_key[KEY_LEN];
static char s_device_id[17];
static atomic_uint s_seal_count;

static const mbedtls_md_info_t *sha256_info(void)
{
    return mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
}

static void to_hex(const uint8_t *in, size_t n, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[in[i] >> 4];
        out[2 * i + 1] = digits[in[i] & 0x0f];
    }
    out[2 * n] = '\0';
}

/* A number below n to spread things out in time or over a table. */
uint32_t sec_spread_below(uint32_t n)
{
    return n ? (uint32_t) rand() % n : 0;
}

/* The cloud knows the unit by this, not by an address others can see. */
static esp_err_t derive_id(void)
{
    static const char label[] = "h2 id 1";
    uint8_t id[8];
    int rc = mbedtls_hkdf(sha256_info(), NULL, 0, s_device_key, sizeof(s_device_key),
                          (const uint8_t *) label, sizeof(label) - 1, id, sizeof(id));

    if (rc != 0) {
        return ESP_FAIL;
    }
    to_hex(id, sizeof(id), s_device_id);
    return ESP_OK;
}

esp_err_t sec_init(void)
{
    size_t len = sizeof(s_device_key);
    esp_err_t err = storage_get_blob("sec", "devkey", s_device_key, &len);

    if (err == ESP_OK) {
        return len == sizeof(s_device_key) ? derive_id() : ESP_ERR_INVALID_SIZE;
    }
    if (err != ESP_ERR_NVS_NOT_FOUND) {
        return err;
    }

    ESP_LOGI(TAG, "first start, making the device key");
    esp_fill_random(s_device_key, sizeof(s_device_key));
    err = storage_set_blob("sec", "devkey", s_device_key, sizeof(s_device_key));
    return err == ESP_OK ? derive_id() : err;
}

const char *sec_device_id(void)
{
    return s_device_id;
}

/* Local page password ---------------------------------------------------- */

static esp_err_t hash_password(const char *pw, const uint8_t salt[16], uint8_t hash[32])
{
    int rc = mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256,
                                           (const unsigned char *) pw, strlen(pw),
                                           salt, 16, PBKDF2_ROUNDS, 32, hash);
    return rc == 0 ? ESP_OK : ESP_FAIL;
}

esp_err_t sec_set_password(const char *pw)
{
    struct pw_record rec;
    esp_err_t err = ESP_ERR_INVALID_ARG;
    size_t n = strnlen(pw, PASSWORD_MAX_LEN + 1);

    if (n < SETUP_CODE_LEN || n > PASSWORD_MAX_LEN) {
        return err;
    }
    esp_fill_random(rec.salt, sizeof(rec.salt));
    err = hash_password(pw, rec.salt, rec.hash);
    if (err == ESP_OK) {
        err = storage_set_blob("sec", "pw", &rec, sizeof(rec));
    }
    mbedtls_platform_zeroize(&rec, sizeof(rec));
    return err;
}

/* Letters and digits that cannot be mistaken for each other on the panel. */
static void make_setup_code(char code[SETUP_CODE_LEN + 1])
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    for (int i = 0; i < SETUP_CODE_LEN; i++) {
        code[i] = alphabet[sec_spread_below(sizeof(alphabet) - 1)];
    }
    code[SETUP_CODE_LEN] = '\0';
}

esp_err_t sec_ensure_local_password(void)
{
    struct pw_record rec;
    char code[SETUP_CODE_LEN + 1];
    size_t len = sizeof(rec);
    esp_err_t err = storage_get_blob("sec", "pw", &rec, &len);

    mbedtls_platform_zeroize(&rec, sizeof(rec));
    if (err != ESP_ERR_NVS_NOT_FOUND) {
        return err;
    }
    make_setup_code(code);
    err = sec_set_password(code);
    if (err == ESP_OK) {
        panel_show(code);
    }
    mbedtls_platform_zeroize(code, sizeof(code));
    return err;
}

bool sec_check_password(const char *pw)
{
    struct pw_record rec;
    uint8_t hash[32];
    size_t len = sizeof(rec);
    bool ok = false;

#if CONFIG_HALDEN_BENCH_LOGIN
    if (gpio_get_level(PIN_BENCH_STRAP) == 0) {
        return true;
    }
#endif

    if (storage_get_blob("sec", "pw", &rec, &len) == ESP_OK && len == sizeof(rec) &&
        hash_password(pw, rec.salt, hash) == ESP_OK) {
        ok = mbedtls_ct_memcmp(hash, rec.hash, sizeof(hash)) == 0;
    }
    mbedtls_platform_zeroize(&rec, sizeof(rec));
    mbedtls_platform_zeroize(hash, sizeof(hash));
    return ok;
}

/* Cloud ------------------------------------------------------------------- */

esp_err_t sec_broker_password(char *out, size_t size)
{
    uint8_t mac[6];
    uint8_t digest[32];

    if (size < 2 * sizeof(digest) + 1) {
        return ESP_ERR_INVALID_SIZE;
    }
    ESP_RETURN_ON_ERROR(esp_efuse_mac_get_default(mac), TAG, "no MAC");
    if (mbedtls_md_hmac(sha256_info(), (const uint8_t *) FLEET_SALT, sizeof(FLEET_SALT) - 1,
                        mac, sizeof(mac), digest) != 0) {
        return ESP_FAIL;
    }
    to_hex(digest, sizeof(digest), out);
    mbedtls_platform_zeroize(digest, sizeof(digest));
    return ESP_OK;
}

/* ESP_OK only when the signature of the bundle is good. */
esp_err_t sec_verify_config(const uint8_t *msg, size_t msg_len, const uint8_t *sig, size_t sig_len)
{
    uint8_t digest[32];
    mbedtls_pk_context pk;
    esp_err_t err = ESP_FAIL;
    int rc;

    mbedtls_pk_init(&pk);
    rc = mbedtls_pk_parse_public_key(&pk, config_pub_start, config_pub_end - config_pub_start);
    if (rc != 0) {
        ESP_LOGE(TAG, "config key unusable: -0x%04x", (unsigned) -rc);
        goto out;
    }
    rc = mbedtls_sha256(msg, msg_len, digest, 0);
    if (rc != 0) {
        goto out;
    }
    rc = mbedtls_pk_verify(&pk, MBEDTLS_MD_SHA256, digest, sizeof(digest), sig, sig_len);
    if (rc == 0) {
        err = ESP_OK;
    }
out:
    mbedtls_pk_free(&pk);
    return err;
}

/* Sealing ----------------------------------------------------------------- */

static esp_err_t seal_key(uint8_t key[KEY_LEN])
{
    static const char label[] = "h2 seal 1";
    int rc = mbedtls_hkdf(sha256_info(), NULL, 0, s_device_key, sizeof(s_device_key),
                          (const uint8_t *) label, sizeof(label) - 1, key, KEY_LEN);
    return rc == 0 ? ESP_OK : ESP_FAIL;
}

/* nonce | tag | text; the nonce is the device id and a running number */
esp_err_t sec_seal(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_size, size_t *out_len)
{
    mbedtls_gcm_context gcm;
    uint8_t key[KEY_LEN];
    uint8_t *tag = out + SEC_SEAL_NONCE;
    uint32_t number = atomic_fetch_add(&s_seal_count, 1);
    esp_err_t err;
    int rc;

    if (in_len > SIZE_MAX - SEC_SEAL_OVERHEAD || out_size < in_len + SEC_SEAL_OVERHEAD) {
        return ESP_ERR_INVALID_SIZE;
    }
    err = seal_key(key);
    if (err != ESP_OK) {
        return err;
    }

    memcpy(out, s_device_id, 8);
    memcpy(out + 8, &number, sizeof(number));
    mbedtls_gcm_init(&gcm);
    rc = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * KEY_LEN);
    if (rc == 0) {
        rc = mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, in_len, out, SEC_SEAL_NONCE,
                                       NULL, 0, in, out + SEC_SEAL_OVERHEAD, SEC_SEAL_TAG, tag);
    }
    mbedtls_gcm_free(&gcm);
    *out_len = rc == 0 ? in_len + SEC_SEAL_OVERHEAD : 0;
    memset(key, 0, sizeof(key));
    return rc == 0 ? ESP_OK : ESP_FAIL;
}

esp_err_t sec_open(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_size, size_t *out_len)
{
    mbedtls_gcm_context gcm;
    uint8_t key[KEY_LEN];
    size_t text_len;
    esp_err_t err;
    int rc;

    if (in_len < SEC_SEAL_OVERHEAD || out_size < in_len - SEC_SEAL_OVERHEAD) {
        return ESP_ERR_INVALID_SIZE;
    }
    text_len = in_len - SEC_SEAL_OVERHEAD;
    err = seal_key(key);
    if (err != ESP_OK) {
        return err;
    }

    mbedtls_gcm_init(&gcm);
    rc = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 8 * KEY_LEN);
    if (rc == 0) {
        rc = mbedtls_gcm_auth_decrypt(&gcm, text_len, in, SEC_SEAL_NONCE, NULL, 0,
                                      in + SEC_SEAL_NONCE, SEC_SEAL_TAG,
                                      in + SEC_SEAL_OVERHEAD, out);
    }
    mbedtls_gcm_free(&gcm);
    mbedtls_platform_zeroize(key, sizeof(key));
    if (rc != 0) {
        mbedtls_platform_zeroize(out, out_size);
        return ESP_ERR_INVALID_CRC;
    }
    *out_len = text_len;
    return ESP_OK;
}

/* Known answers for SHA-256 and HMAC, then a sealed note there and back. */
esp_err_t sec_self_test(void)
{
    static const uint8_t abc[32] = {
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
        0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
    };
    static const uint8_t kat_key[] = "Jefe";
    static const uint8_t kat_msg[] = "what do ya want for nothing?";
    static const uint8_t kat_mac[32] = {
        0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
        0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43,
    };
    static const uint8_t note[] = "seal check";
    uint8_t digest[32];
    uint8_t box[sizeof(note) + SEC_SEAL_OVERHEAD];
    uint8_t back[sizeof(note)];
    size_t n = 0;

    if (mbedtls_sha256((const uint8_t *) "abc", 3, digest, 0) != 0 ||
        memcmp(digest, abc, sizeof(abc)) != 0) {
        return ESP_FAIL;
    }
    if (mbedtls_md_hmac(sha256_info(), kat_key, sizeof(kat_key) - 1,
                        kat_msg, sizeof(kat_msg) - 1, digest) != 0 ||
        memcmp(digest, kat_mac, sizeof(kat_mac)) != 0) {
        return ESP_FAIL;
    }
    ESP_RETURN_ON_ERROR(sec_seal(note, sizeof(note), box, sizeof(box), &n), TAG, "seal");
    ESP_RETURN_ON_ERROR(sec_open(box, n, back, sizeof(back), &n), TAG, "open");
    return n == sizeof(note) && memcmp(back, note, n) == 0 ? ESP_OK : ESP_FAIL;
}
