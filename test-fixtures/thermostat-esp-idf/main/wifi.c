/*
 * Halden H2 - station and rescue hotspot.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "esp_bit_defs.h"
#include "esp_check.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_netif_sntp.h"
#include "esp_wifi.h"
#include "freertos/event_groups.h"
#include "mbedtls/platform_util.h"

#include "config.h"
#include "security.h"
#include "wifi.h"

#define BIT_ONLINE  BIT0

static const char *TAG = "wifi";

static EventGroupHandle_t s_bits;
static atomic_bool s_rescue;
static int s_failures;

static void open_rescue_ap(void)
{
    wifi_config_t cfg;
    int n;

    if (atomic_exchange(&s_rescue, true)) {
        return;
    }
    memset(&cfg, 0, sizeof(cfg));
    n = snprintf((char *) cfg.ap.ssid, sizeof(cfg.ap.ssid), AP_NAME_PREFIX "%.4s", sec_device_id());
    cfg.ap.ssid_len = (uint8_t) n;
    cfg.ap.channel = 6;
    cfg.ap.max_connection = 2;
    cfg.ap.authmode = WIFI_AUTH_WPA2_PSK;
    cfg.ap.pmf_cfg.required = true;
    strlcpy((char *) cfg.ap.password, RESCUE_AP_KEY, sizeof(cfg.ap.password));

    ESP_LOGW(TAG, "router not found, opening the rescue hotspot");
    if (esp_wifi_set_mode(WIFI_MODE_APSTA) != ESP_OK ||
        esp_wifi_set_config(WIFI_IF_AP, &cfg) != ESP_OK) {
        ESP_LOGE(TAG, "rescue hotspot did not start");
        atomic_store(&s_rescue, false);
    }
}

static void on_wifi(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    switch (id) {
    case WIFI_EVENT_STA_START:
        if (esp_wifi_connect() != ESP_OK) {
            ESP_LOGW(TAG, "first connect did not start");
        }
        break;
    case WIFI_EVENT_STA_DISCONNECTED: {
        const wifi_event_sta_disconnected_t *ev = data;

        xEventGroupClearBits(s_bits, BIT_ONLINE);
        ESP_LOGI(TAG, "link lost, reason %u, attempt %d", ev->reason, ++s_failures);
        if (s_failures >= RESCUE_AFTER_FAILURES) {
            open_rescue_ap();
        }
        esp_wifi_connect();
        break;
    }
    default:
        break;
    }
}

static void on_ip(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    s_failures = 0;
    xEventGroupSetBits(s_bits, BIT_ONLINE);
    ESP_LOGI(TAG, "online");
}

esp_err_t wifi_init(void)
{
    const wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    const esp_sntp_config_t sntp = ESP_NETIF_SNTP_DEFAULT_CONFIG_MULTIPLE(
        2, ESP_SNTP_SERVER_LIST("time1.halden.example", "pool.ntp.org"));

    s_bits = xEventGroupCreate();
    if (!s_bits) {
        return ESP_ERR_NO_MEM;
    }
    ESP_RETURN_ON_ERROR(esp_netif_init(), TAG, "netif");
    ESP_RETURN_ON_ERROR(esp_event_loop_create_default(), TAG, "loop");
    if (!esp_netif_create_default_wifi_sta() || !esp_netif_create_default_wifi_ap()) {
        return ESP_ERR_NO_MEM;
    }
    ESP_RETURN_ON_ERROR(esp_wifi_init(&init), TAG, "init");
    ESP_RETURN_ON_ERROR(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL),
                        TAG, "wifi events");
    ESP_RETURN_ON_ERROR(esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_ip, NULL),
                        TAG, "ip events");
    return esp_netif_sntp_init(&sntp);
}

/* The network comes from the set-up; here only the floor is raised. */
esp_err_t wifi_start_station(void)
{
    wifi_config_t cfg;

    ESP_RETURN_ON_ERROR(esp_wifi_set_mode(WIFI_MODE_STA), TAG, "mode");
    ESP_RETURN_ON_ERROR(esp_wifi_get_config(WIFI_IF_STA, &cfg), TAG, "stored network");
    cfg.sta.threshold.authmode = MIN_WIFI_AUTH;
    cfg.sta.pmf_cfg.required = true;
    ESP_RETURN_ON_ERROR(esp_wifi_set_config(WIFI_IF_STA, &cfg), TAG, "network");
    mbedtls_platform_zeroize(&cfg, sizeof(cfg));
    return esp_wifi_start();
}

bool wifi_wait_connected(TickType_t ticks)
{
    return (xEventGroupWaitBits(s_bits, BIT_ONLINE, pdFALSE, pdTRUE, ticks) & BIT_ONLINE) != 0;
}

bool wifi_rescue_active(void)
{
    return atomic_load(&s_rescue);
}
