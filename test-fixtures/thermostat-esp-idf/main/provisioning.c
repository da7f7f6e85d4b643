/*
 * Halden H2 - first set-up over a hotspot, pairing window, factory reset.
 */
#include <stdatomic.h>
#include <stdio.h>

#include "esp_check.h"
#include "esp_log.h"
#include "esp_mac.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/timers.h"
#include "mbedtls/platform_util.h"
#include "wifi_provisioning/manager.h"
#include "wifi_provisioning/scheme_softap.h"

#include "config.h"
#include "control.h"
#include "security.h"
#include "services.h"
#include "storage.h"
#include "telemetry.h"
#include "wifi.h"

static const char *TAG = "setup";

static _Atomic int64_t s_pair_until_us;
static TimerHandle_t s_window;

static void window_over(TimerHandle_t timer)
{
    ESP_LOGI(TAG, "set-up window over");
    wifi_prov_mgr_stop_provisioning();
}

static void on_prov(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    switch (id) {
    case WIFI_PROV_CRED_FAIL:
        panel_show("WRONG PASSWORD?");
        break;
    case WIFI_PROV_CRED_SUCCESS:
        panel_show("CONNECTED");
        break;
    case WIFI_PROV_END:
        if (s_window) {
            xTimerStop(s_window, 0);
        }
        wifi_prov_mgr_deinit();
        break;
    default:
        break;
    }
}

/* Six characters the installer can also read off the carton. */
static esp_err_t make_pop(char pop[7])
{
    uint8_t mac[6];

    ESP_RETURN_ON_ERROR(esp_read_mac(mac, ESP_MAC_WIFI_SOFTAP), TAG, "no MAC");
    snprintf(pop, 7, "%02x%02x%02x", mac[3], mac[4], mac[5]);
    return ESP_OK;
}

static esp_err_t open_hotspot(void)
{
    char name[16];
    char pop[7];
    char hotspot_key[24];
    char payload[96];
    esp_err_t err;

    /* The end-of-line tester gave each unit a hotspot key of its own. */
    err = storage_get_str("mfg", "apkey", hotspot_key, sizeof(hotspot_key));
    if (err != ESP_OK) {
        ESP_LOGE(TAG, "unit never got a hotspot key, no set-up possible");
        panel_show("SERVICE 7");
        return err;
    }
    err = make_pop(pop);
    if (err != ESP_OK) {
        goto out;
    }
    snprintf(name, sizeof(name), AP_NAME_PREFIX "%.4s", sec_device_id());

    err = wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_1, pop, name, hotspot_key);
    if (err != ESP_OK) {
        goto out;
    }
    snprintf(payload, sizeof(payload),
             "{\"ver\":\"v1\",\"name\":\"%s\",\"pop\":\"%s\",\"transport\":\"softap\"}", name, pop);
    ESP_LOGI(TAG, "scan with the app: %s", payload);

    s_window = xTimerCreate("setup", pdMS_TO_TICKS(CONFIG_HALDEN_PROV_WINDOW_S * 1000),
                            pdFALSE, NULL, window_over);
    if (!s_window || xTimerStart(s_window, pdMS_TO_TICKS(100)) != pdPASS) {
        wifi_prov_mgr_stop_provisioning();
        err = ESP_ERR_NO_MEM;
    }
out:
    mbedtls_platform_zeroize(hotspot_key, sizeof(hotspot_key));
    mbedtls_platform_zeroize(pop, sizeof(pop));
    mbedtls_platform_zeroize(payload, sizeof(payload));
    return err;
}

esp_err_t provisioning_run(void)
{
    const wifi_prov_mgr_config_t cfg = {
        .scheme = wifi_prov_scheme_softap,
        .scheme_event_handler = WIFI_PROV_EVENT_HANDLER_NONE,
    };
    bool done = false;

    ESP_RETURN_ON_ERROR(wifi_prov_mgr_init(cfg), TAG, "manager");
    ESP_RETURN_ON_ERROR(wifi_prov_mgr_is_provisioned(&done), TAG, "state");
    if (done) {
        wifi_prov_mgr_deinit();
        return wifi_start_station();
    }
    ESP_RETURN_ON_ERROR(esp_event_handler_register(WIFI_PROV_EVENT, ESP_EVENT_ANY_ID, on_prov, NULL),
                        TAG, "events");
    return open_hotspot();
}

void provisioning_open_pair_window(void)
{
    atomic_store(&s_pair_until_us, esp_timer_get_time() + CONFIG_HALDEN_PAIR_WINDOW_S * 1000000LL);
    panel_show("PAIRING");
}

bool provisioning_pair_window_open(void)
{
    return esp_timer_get_time() < atomic_load(&s_pair_until_us);
}

/* Back to the carton: settings, keys and the stored network go. */
void provisioning_factory_reset(void)
{
    ESP_LOGW(TAG, "factory reset");
    telemetry_event(TEV_RESET);
    panel_show("RESET");
    control_blink(10);

    if (storage_factory_reset() != ESP_OK) {
        ESP_LOGE(TAG, "settings not erased");
        panel_show("RESET FAILED");
        return;
    }
    if (esp_wifi_restore() != ESP_OK) {
        ESP_LOGE(TAG, "network not forgotten");
        panel_show("RESET FAILED");
        return;
    }
    esp_restart();
}
