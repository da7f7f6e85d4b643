/*
 * Halden W1 - set-up by phone.
 *
 * The phone writes where the server is and the key for it. Both can be
 * written over a paired link only, with a passkey that the lamp blinks.
 */
#include <errno.h>
#include <string.h>
#include <zephyr/bluetooth/bluetooth.h>
#include <zephyr/bluetooth/conn.h>
#include <zephyr/bluetooth/gatt.h>
#include <zephyr/bluetooth/uuid.h>
#include <zephyr/logging/log.h>
#include <zephyr/random/random.h>
#include <zephyr/settings/settings.h>

#include "w1.h"

LOG_MODULE_DECLARE(w1, LOG_LEVEL_INF);

#define W1_UUID(n)      BT_UUID_128_ENCODE(0x7a1e0100 + (n), 0x52c1, 0x4b0f, 0x9d53, 0x6d2b51c4e900)
#define KEY_ITEM        "w1/psk"
#define URI_ITEM        "w1/uri"
#define JOIN_LEN        9

static struct bt_uuid_128 service_id = BT_UUID_INIT_128(W1_UUID(0));
static struct bt_uuid_128 uri_id = BT_UUID_INIT_128(W1_UUID(1));
static struct bt_uuid_128 psk_id = BT_UUID_INIT_128(W1_UUID(2));

static struct w1_server kept;
static bool has_uri;
static bool has_psk;

static ssize_t on_uri(struct bt_conn *conn, const struct bt_gatt_attr *attr, const void *buf, uint16_t len,
                      uint16_t offset, uint8_t flags)
{
    if (offset != 0 || len == 0 || len >= sizeof(kept.uri)) {
        return BT_GATT_ERR(BT_ATT_ERR_INVALID_ATTRIBUTE_LEN);
    }
    memcpy(kept.uri, buf, len);
    kept.uri[len] = '\0';
    has_uri = settings_save_one(URI_ITEM, kept.uri, len + 1) == 0;
    return len;
}

static ssize_t on_psk(struct bt_conn *conn, const struct bt_gatt_attr *attr, const void *buf, uint16_t len,
                      uint16_t offset, uint8_t flags)
{
    if (offset != 0 || len != sizeof(kept.psk)) {
        return BT_GATT_ERR(BT_ATT_ERR_INVALID_ATTRIBUTE_LEN);
    }
    memcpy(kept.psk, buf, len);
    has_psk = settings_save_one(KEY_ITEM, kept.psk, sizeof(kept.psk)) == 0;
    return len;
}

BT_GATT_SERVICE_DEFINE(w1_service,
    BT_GATT_PRIMARY_SERVICE(&service_id),
    BT_GATT_CHARACTERISTIC(&uri_id.uuid, BT_GATT_CHRC_WRITE, BT_GATT_PERM_WRITE_AUTHEN, NULL, on_uri, NULL),
    BT_GATT_CHARACTERISTIC(&psk_id.uuid, BT_GATT_CHRC_WRITE, BT_GATT_PERM_WRITE_AUTHEN, NULL, on_psk, NULL),
);

static int on_setting(const char *name, size_t len, settings_read_cb read, void *arg)
{
    if (strcmp(name, "psk") == 0 && len == sizeof(kept.psk)) {
        has_psk = read(arg, kept.psk, sizeof(kept.psk)) == (ssize_t) sizeof(kept.psk);
    } else if (strcmp(name, "uri") == 0 && len <= sizeof(kept.uri)) {
        has_uri = read(arg, kept.uri, len) == (ssize_t) len && kept.uri[len - 1] == '\0';
    }
    return 0;
}

SETTINGS_STATIC_HANDLER_DEFINE(w1, "w1", NULL, on_setting, NULL, NULL);

/* The joining code that the Thread border router is told. */
static void make_joiner_key(char key[JOIN_LEN + 1])
{
    static const char alphabet[] = "0123456789ACDEFGHJKLMNPRTUVWXY";

    for (int i = 0; i < JOIN_LEN; i++) {
        key[i] = alphabet[sys_rand32_get() % (sizeof(alphabet) - 1)];
    }
    key[JOIN_LEN] = '\0';
}

static void on_passkey(struct bt_conn *conn, unsigned int passkey)
{
    w1_blink(passkey);
}

static void on_cancel(struct bt_conn *conn)
{
    LOG_INF("pairing was given up");
}

static const struct bt_conn_auth_cb prompts = { .passkey_display = on_passkey, .cancel = on_cancel };

int pairing_start(void)
{
    static const struct bt_data ad[] = {
        BT_DATA_BYTES(BT_DATA_FLAGS, BT_LE_AD_GENERAL | BT_LE_AD_NO_BREDR),
    };
    char joiner[JOIN_LEN + 1];
    int err = bt_enable(NULL);

    if (err != 0) {
        return err;
    }
    make_joiner_key(joiner);
    err = settings_save_one("w1/joiner", joiner, sizeof(joiner));
    if (err == 0) {
        err = bt_conn_auth_cb_register(&prompts);
    }
    return err == 0 ? bt_le_adv_start(BT_LE_ADV_CONN, ad, ARRAY_SIZE(ad), NULL, 0) : err;
}

bool pairing_server(struct w1_server *server)
{
    if (!has_uri || !has_psk) {
        return false;
    }
    *server = kept;
    server->old = strncmp(kept.uri, "coap://", 7) == 0;
    return true;
}
