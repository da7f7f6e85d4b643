/*
 * Halden H2 - phone app over Bluetooth LE (NimBLE).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "esp_check.h"
#include "esp_log.h"
#include "host/ble_hs.h"
#include "host/ble_hs_pvcy.h"
#include "host/util/util.h"
#include "nimble/nimble_port.h"
#include "nimble/nimble_port_freertos.h"
#include "services/gap/ble_svc_gap.h"
#include "services/gatt/ble_svc_gatt.h"

#include "config.h"
#include "control.h"
#include "services.h"
#include "storage.h"

#define TLV_WEEKDAY     0x01
#define TLV_SLOT        0x02

#define OP_HELLO        0x10
#define OP_OUTPUT       0x21

/* 7a1e0000-52c1-4b0f-9d53-6d2b51c4e9NN */
#define H2_UUID(n)      BLE_UUID128_INIT((n), 0xe9, 0xc4, 0x51, 0x2b, 0x6d, 0x53, 0x9d, \
                                         0x0f, 0x4b, 0xc1, 0x52, 0x00, 0x00, 0x1e, 0x7a)

static const char *TAG = "ble";

/* Printed in the quick guide, so that installers need not climb to the panel */
static const uint32_t s_pair_code = 240117;

static uint8_t s_addr_type;
static bool s_service;

void ble_store_config_init(void);
static void advertise(void);

/* Characteristics --------------------------------------------------------- */

static int on_temperature(uint16_t conn, uint16_t attr, struct ble_gatt_access_ctxt *ctxt, void *arg)
{
    const int16_t dc = (int16_t) control_temp_dc();

    return os_mbuf_append(ctxt->om, &dc, sizeof(dc)) == 0 ? 0 : BLE_ATT_ERR_INSUFFICIENT_RES;
}

static int on_setpoint(uint16_t conn, uint16_t attr, struct ble_gatt_access_ctxt *ctxt, void *arg)
{
    int16_t dc = (int16_t) control_setpoint_dc();
    uint16_t n = 0;

    if (ctxt->op == BLE_GATT_ACCESS_OP_READ_CHR) {
        return os_mbuf_append(ctxt->om, &dc, sizeof(dc)) == 0 ? 0 : BLE_ATT_ERR_INSUFFICIENT_RES;
    }
    if (ble_hs_mbuf_to_flat(ctxt->om, &dc, sizeof(dc), &n) != 0 || n != sizeof(dc)) {
        return BLE_ATT_ERR_INVALID_ATTR_VALUE_LEN;
    }
    return control_set_setpoint_dc(dc) == ESP_OK ? 0 : BLE_ATT_ERR_UNLIKELY;
}

static int on_name(uint16_t conn, uint16_t attr, struct ble_gatt_access_ctxt *ctxt, void *arg)
{
    char name[32];
    uint16_t n = OS_MBUF_PKTLEN(ctxt->om);

    if (n == 0) {
        return BLE_ATT_ERR_INVALID_ATTR_VALUE_LEN;
    }
    os_mbuf_copydata(ctxt->om, 0, n, name);
    name[n] = '\0';
    return storage_set_str("cfg", "name", name) == ESP_OK ? 0 : BLE_ATT_ERR_UNLIKELY;
}

/* type, length, value: one weekday and up to six slots of four bytes */
static bool parse_plan(const uint8_t *p, size_t len, struct day_plan *plan)
{
    const uint8_t *end = p + len;

    memset(plan, 0, sizeof(*plan));
    while (p < end) {
        uint8_t type = p[0];
        uint8_t n = p[1];

        p += 2;
        switch (type) {
        case TLV_WEEKDAY:
            plan->weekday = p[0];
            break;
        case TLV_SLOT:
            if (n != sizeof(struct slot) || plan->count >= SCHEDULE_SLOTS) {
                return false;
            }
            memcpy(&plan->slots[plan->count++], p, n);
            break;
        default:
            /* newer apps may send more */
            break;
        }
        p += n;
    }
    return plan->count > 0;
}

static int on_plan(uint16_t conn, uint16_t attr, struct ble_gatt_access_ctxt *ctxt, void *arg)
{
    uint8_t msg[64];
    uint16_t n = 0;
    struct day_plan plan;

    if (ble_hs_mbuf_to_flat(ctxt->om, msg, sizeof(msg), &n) != 0) {
        return BLE_ATT_ERR_INVALID_ATTR_VALUE_LEN;
    }
    if (!parse_plan(msg, n, &plan) || control_set_plan(&plan) != ESP_OK) {
        return BLE_ATT_ERR_VALUE_NOT_ALLOWED;
    }
    return 0;
}

static int on_service(uint16_t conn, uint16_t attr, struct ble_gatt_access_ctxt *ctxt, void *arg)
{
    uint8_t msg[8];
    uint16_t n = 0;

    if (ble_hs_mbuf_to_flat(ctxt->om, msg, sizeof(msg), &n) != 0 || n == 0) {
        return BLE_ATT_ERR_INVALID_ATTR_VALUE_LEN;
    }
    switch (msg[0]) {
    case OP_HELLO:
        if (n == 5 && memcmp(&msg[1], BENCH_HELLO, 4) == 0) {
            s_service = true;
        }
        return 0;
    case OP_OUTPUT:
        if (!s_service || n != 2) {
            return BLE_ATT_ERR_WRITE_NOT_PERMITTED;
        }
        return control_manual_output(msg[1]) == ESP_OK ? 0 : BLE_ATT_ERR_UNLIKELY;
    default:
        return BLE_ATT_ERR_REQ_NOT_SUPPORTED;
    }
}

static const struct ble_gatt_svc_def s_services[] = {
    {
        .type = BLE_GATT_SVC_TYPE_PRIMARY,
        .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x01),
        .characteristics = (struct ble_gatt_chr_def[]) {
            {
                .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x02),
                .access_cb = on_temperature,
                .flags = BLE_GATT_CHR_F_READ,
            },
            {
                .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x03),
                .access_cb = on_setpoint,
                .flags = BLE_GATT_CHR_F_READ | BLE_GATT_CHR_F_WRITE,
            },
            {
                .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x04),
                .access_cb = on_name,
                .flags = BLE_GATT_CHR_F_WRITE | BLE_GATT_CHR_F_WRITE_ENC | BLE_GATT_CHR_F_WRITE_AUTHEN,
            },
            {
                .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x05),
                .access_cb = on_plan,
                .flags = BLE_GATT_CHR_F_WRITE | BLE_GATT_CHR_F_WRITE_ENC | BLE_GATT_CHR_F_WRITE_AUTHEN,
            },
            {
                .uuid = (const ble_uuid_t *) &(const ble_uuid128_t) H2_UUID(0x06),
                .access_cb = on_service,
                .flags = BLE_GATT_CHR_F_WRITE | BLE_GATT_CHR_F_WRITE_ENC | BLE_GATT_CHR_F_WRITE_AUTHEN,
            },
            { 0 },
        },
    },
    { 0 },
};

/* Connection -------------------------------------------------------------- */

static int on_passkey(const struct ble_gap_event *event)
{
    struct ble_sm_io io = { .action = event->passkey.params.action };
    char text[8];

    if (!provisioning_pair_window_open() || io.action != BLE_SM_IOACT_DISP) {
        return ble_gap_terminate(event->passkey.conn_handle, BLE_ERR_AUTH_FAIL);
    }
    io.passkey = s_pair_code;
    snprintf(text, sizeof(text), "%06" PRIu32, io.passkey);
    panel_show(text);
    return ble_sm_inject_io(event->passkey.conn_handle, &io);
}

static int on_gap(struct ble_gap_event *event, void *arg)
{
    struct ble_gap_conn_desc desc;

    switch (event->type) {
    case BLE_GAP_EVENT_CONNECT:
        if (event->connect.status != 0) {
            advertise();
        }
        return 0;
    case BLE_GAP_EVENT_DISCONNECT:
        s_service = false;
        advertise();
        return 0;
    case BLE_GAP_EVENT_ADV_COMPLETE:
        advertise();
        return 0;
    case BLE_GAP_EVENT_PASSKEY_ACTION:
        return on_passkey(event);
    case BLE_GAP_EVENT_ENC_CHANGE:
        if (event->enc_change.status == 0) {
            control_blink(2);
        }
        return 0;
    case BLE_GAP_EVENT_REPEAT_PAIRING:
        /* a phone that lost its keys may come back, but only by the button */
        if (!provisioning_pair_window_open() ||
            ble_gap_conn_find(event->repeat_pairing.conn_handle, &desc) != 0 ||
            ble_store_util_delete_peer(&desc.peer_id_addr) != 0) {
            return BLE_GAP_REPEAT_PAIRING_IGNORE;
        }
        return BLE_GAP_REPEAT_PAIRING_RETRY;
    default:
        return 0;
    }
}

static void advertise(void)
{
    const struct ble_gap_adv_params params = {
        .conn_mode = BLE_GAP_CONN_MODE_UND,
        .disc_mode = BLE_GAP_DISC_MODE_GEN,
        .itvl_min = BLE_GAP_ADV_ITVL_MS(300),
        .itvl_max = BLE_GAP_ADV_ITVL_MS(400),
    };
    const char *name = ble_svc_gap_device_name();
    struct ble_hs_adv_fields fields = {
        .flags = BLE_HS_ADV_F_DISC_GEN | BLE_HS_ADV_F_BREDR_UNSUP,
        .name = (const uint8_t *) name,
        .name_len = (uint8_t) strlen(name),
        .name_is_complete = 1,
    };

    if (ble_gap_adv_set_fields(&fields) != 0 ||
        ble_gap_adv_start(s_addr_type, NULL, BLE_HS_FOREVER, &params, on_gap, NULL) != 0) {
        ESP_LOGW(TAG, "not advertising");
    }
}

static void on_sync(void)
{
    if (ble_hs_util_ensure_addr(1) != 0 ||
        ble_hs_id_infer_auto(1, &s_addr_type) != 0 ||
        ble_hs_pvcy_rpa_config(NIMBLE_HOST_ENABLE_RPA) != 0) {
        ESP_LOGE(TAG, "no private address, Bluetooth stays silent");
        return;
    }
    advertise();
}

static void host_task(void *arg)
{
    nimble_port_run();
    nimble_port_freertos_deinit();
}

esp_err_t ble_start(void)
{
    ESP_RETURN_ON_ERROR(nimble_port_init(), TAG, "port");

    ble_hs_cfg.sync_cb = on_sync;
    ble_hs_cfg.store_status_cb = ble_store_util_status_rr;
    ble_hs_cfg.sm_io_cap = BLE_HS_IO_DISPLAY_ONLY;
    ble_hs_cfg.sm_bonding = 1;
    ble_hs_cfg.sm_mitm = 1;
    ble_hs_cfg.sm_sc = 1;
    ble_hs_cfg.sm_our_key_dist = BLE_SM_PAIR_KEY_DIST_ENC | BLE_SM_PAIR_KEY_DIST_ID;
    ble_hs_cfg.sm_their_key_dist = BLE_SM_PAIR_KEY_DIST_ENC | BLE_SM_PAIR_KEY_DIST_ID;

    ble_svc_gap_init();
    ble_svc_gatt_init();
    if (ble_gatts_count_cfg(s_services) != 0 || ble_gatts_add_svcs(s_services) != 0 ||
        ble_svc_gap_device_name_set(PRODUCT_NAME) != 0) {
        return ESP_FAIL;
    }
    ble_store_config_init();
    nimble_port_freertos_init(host_task);
    return ESP_OK;
}
