/*
 * Halden H2 - reports and security events.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cJSON.h"
#include "esp_app_desc.h"
#include "esp_check.h"
#include "esp_http_client.h"
#include "esp_log.h"
#include "esp_mac.h"
#include "esp_system.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "config.h"
#include "control.h"
#include "security.h"
#include "services.h"
#include "storage.h"
#include "telemetry.h"
#include "wifi.h"

#define EVENT_RING      32
#define RADIO_MAX       12
#define STATE_PERIOD    60
#define WEATHER_PERIOD  1800
#define RADIO_PERIOD    86400

struct event {
    time_t when;
    uint32_t number;
    enum tev type;
};

static const char *TAG = "report";

static portMUX_TYPE s_lock = portMUX_INITIALIZER_UNLOCKED;
static struct event s_ring[EVENT_RING];
static uint32_t s_next;
static uint32_t s_sent;

/* When the ring is full the oldest event gives way; the numbers show the gap. */
void telemetry_event(enum tev type)
{
    const time_t now = time(NULL);

    taskENTER_CRITICAL(&s_lock);
    s_ring[s_next % EVENT_RING] = (struct event) { .when = now, .number = s_next, .type = type };
    s_next++;
    if (s_next - s_sent > EVENT_RING) {
        s_sent = s_next - EVENT_RING;
    }
    taskEXIT_CRITICAL(&s_lock);
}

static bool take_event(struct event *ev)
{
    bool found = false;

    taskENTER_CRITICAL(&s_lock);
    if (s_sent != s_next) {
        *ev = s_ring[s_sent % EVENT_RING];
        found = true;
    }
    taskEXIT_CRITICAL(&s_lock);
    return found;
}

static void drop_event(uint32_t number)
{
    taskENTER_CRITICAL(&s_lock);
    if (s_sent == number) {
        s_sent++;
    }
    taskEXIT_CRITICAL(&s_lock);
}

static void send_events(void)
{
    struct event ev;
    char line[80];

    while (take_event(&ev)) {
        int n = snprintf(line, sizeof(line), "{\"n\":%u,\"t\":%lld,\"e\":%d}",
                         (unsigned) ev.number, (long long) ev.when, (int) ev.type);
        if (n < 0 || n >= (int) sizeof(line) || cloud_publish("event", line, (size_t) n) != ESP_OK) {
            return;
        }
        drop_event(ev.number);
    }
}

static void send_state(void)
{
    cJSON *root = cJSON_CreateObject();

    cJSON_AddNumberToObject(root, "t", (double) time(NULL));
    cJSON_AddStringToObject(root, "fw", esp_app_get_description()->version);
    cJSON_AddNumberToObject(root, "reset", esp_reset_reason());
    cJSON_AddBoolToObject(root, "healthy", control_healthy());
    if (storage_get_i32("share", 0) != 0) {
        cJSON_AddNumberToObject(root, "temp", control_temp_dc());
        cJSON_AddNumberToObject(root, "setpoint", control_setpoint_dc());
        cJSON_AddNumberToObject(root, "output", control_output_pct());
    }
    char *json = cJSON_PrintUnformatted(root);
    if (cloud_publish("state", json, strlen(json)) != ESP_OK) {
        ESP_LOGW(TAG, "state not sent");
    }
    cJSON_free(json);
    cJSON_Delete(root);
}

/* Helps support to tell a bad channel from a bad router. */
static void send_radio_report(void)
{
    uint16_t count = RADIO_MAX;
    wifi_ap_record_t *aps = calloc(RADIO_MAX, sizeof(*aps));
    cJSON *list = cJSON_CreateArray();
    char *json = NULL;
    char bssid[18];

    if (!aps || !list || esp_wifi_scan_start(NULL, true) != ESP_OK ||
        esp_wifi_scan_get_ap_records(&count, aps) != ESP_OK) {
        goto out;
    }
    for (int i = 0; i < count; i++) {
        cJSON *ap = cJSON_CreateObject();
        if (!cJSON_AddItemToArray(list, ap)) {
            cJSON_Delete(ap);
            goto out;
        }
        snprintf(bssid, sizeof(bssid), MACSTR, MAC2STR(aps[i].bssid));
        cJSON_AddStringToObject(ap, "b", bssid);
        cJSON_AddNumberToObject(ap, "c", aps[i].primary);
        cJSON_AddNumberToObject(ap, "r", aps[i].rssi);
    }
    json = cJSON_PrintUnformatted(list);
    if (json && cloud_publish("radio", json, strlen(json)) != ESP_OK) {
        ESP_LOGW(TAG, "radio report not sent");
    }
out:
    cJSON_free(json);
    cJSON_Delete(list);
    free(aps);
}

/* The answer is one JSON number, tenths of a degree. */
static esp_err_t fetch_outdoor(const struct owner *owner)
{
    char url[128];
    char body[16];
    char *end = NULL;
    esp_err_t err;
    int n = snprintf(url, sizeof(url), WEATHER_QUERY, owner->lat, owner->lon);

    if (n < 0 || n >= (int) sizeof(url)) {
        return ESP_ERR_INVALID_SIZE;
    }
    ESP_LOGI(TAG, "outdoor temperature at %.4f %.4f", owner->lat, owner->lon);

    const esp_http_client_config_t http = {
        .url = url,
        .timeout_ms = 8000,
        .disable_auto_redirect = true,
    };
    esp_http_client_handle_t client = esp_http_client_init(&http);
    if (!client) {
        return ESP_ERR_NO_MEM;
    }
    err = esp_http_client_open(client, 0);
    if (err != ESP_OK) {
        goto out;
    }
    err = ESP_FAIL;
    if (esp_http_client_fetch_headers(client) < 0 ||
        esp_http_client_get_status_code(client) != HttpStatus_Ok) {
        goto out;
    }
    n = esp_http_client_read_response(client, body, sizeof(body) - 1);
    if (n > 0) {
        body[n] = '\0';
        const long dc = strtol(body, &end, 10);
        if (end != body && dc >= -600 && dc <= 600) {
            control_set_outdoor_dc((int) dc);
            err = ESP_OK;
        }
    }
out:
    esp_http_client_cleanup(client);
    return err;
}

static void telemetry_task(void *arg)
{
    struct owner owner;
    uint32_t now_s = 0;
    uint32_t weather_s = sec_spread_below(WEATHER_PERIOD);
    uint32_t radio_s = sec_spread_below(RADIO_PERIOD);

    for (;; now_s += STATE_PERIOD) {
        vTaskDelay(pdMS_TO_TICKS(STATE_PERIOD * 1000 + sec_spread_below(5000)));
        if (!wifi_wait_connected(0)) {
            continue;
        }
        if (now_s >= weather_s) {
            weather_s = now_s + WEATHER_PERIOD;
            if (storage_load_owner(&owner) == ESP_OK && owner.has_place &&
                fetch_outdoor(&owner) != ESP_OK) {
                ESP_LOGW(TAG, "no outdoor temperature");
            }
        }
        if (!cloud_connected()) {
            continue;
        }
        send_events();
        send_state();
        if (now_s >= radio_s) {
            radio_s = now_s + RADIO_PERIOD;
            send_radio_report();
        }
    }
}

esp_err_t telemetry_start(void)
{
    telemetry_event(TEV_BOOT);
    if (xTaskCreate(telemetry_task, "report", 6144, NULL, 3, NULL) != pdPASS) {
        return ESP_ERR_NO_MEM;
    }
    return ESP_OK;
}
