/*
 * Halden H2 - firmware update.
 *
 * A small manifest names the image of the day. The image is taken from our
 * own server, or from the dealers' mirror when ours does not answer.
 */
#include <stdio.h>
#include <string.h>

#include "cJSON.h"
#include "esp_app_desc.h"
#include "esp_check.h"
#include "esp_crt_bundle.h"
#include "esp_http_client.h"
#include "esp_https_ota.h"
#include "esp_log.h"
#include "esp_ota_ops.h"
#include "esp_system.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "config.h"
#include "control.h"
#include "security.h"
#include "services.h"
#include "telemetry.h"
#include "wifi.h"

#define MANIFEST_MAX    512
#define FILE_NAME_MAX   40
#define DAY_S           (24 * 60 * 60)

static const char *TAG = "ota";

static const char *const s_servers[] = { OTA_PRIMARY_BASE, OTA_MIRROR_BASE };

static TaskHandle_t s_task;

static bool plain_file_name(const char *name)
{
    const size_t n = strnlen(name, FILE_NAME_MAX);

    return n > 0 && n < FILE_NAME_MAX && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == n;
}

static esp_err_t fetch_manifest(char file[FILE_NAME_MAX])
{
    char body[MANIFEST_MAX];
    esp_http_client_config_t http = { 0 };
    esp_http_client_handle_t client;
    cJSON *root = NULL;
    esp_err_t err;
    int n;

    http.url = OTA_PRIMARY_BASE "manifest.json";
    http.timeout_ms = 8000;
    http.disable_auto_redirect = true;
    client = esp_http_client_init(&http);
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
    if (n <= 0) {
        goto out;
    }
    body[n] = '\0';

    root = cJSON_Parse(body);
    const cJSON *name = cJSON_GetObjectItem(root, "file");
    if (cJSON_IsString(name) && plain_file_name(name->valuestring)) {
        strlcpy(file, name->valuestring, FILE_NAME_MAX);
        err = ESP_OK;
    }
out:
    cJSON_Delete(root);
    esp_http_client_cleanup(client);
    return err;
}

/* ESP_ERR_NOT_FOUND means that there is nothing to do. */
static esp_err_t examine_image(esp_https_ota_handle_t ota)
{
    const esp_app_desc_t *mine = esp_app_get_description();
    esp_app_desc_t theirs;

    ESP_RETURN_ON_ERROR(esp_https_ota_get_img_desc(ota, &theirs), TAG, "no description");
    if (memcmp(theirs.project_name, mine->project_name, sizeof(mine->project_name)) != 0) {
        ESP_LOGE(TAG, "image is for another product");
        return ESP_ERR_INVALID_ARG;
    }
    if (strncmp(theirs.version, mine->version, sizeof(mine->version)) == 0) {
        return ESP_ERR_NOT_FOUND;
    }
    return ESP_OK;
}

static esp_err_t install_from(const char *base, const char *file)
{
    char url[128];
    esp_https_ota_handle_t ota = NULL;
    const int n = snprintf(url, sizeof(url), "%s%s", base, file);

    if (n < 0 || n >= (int) sizeof(url)) {
        return ESP_ERR_INVALID_SIZE;
    }
    const esp_http_client_config_t http = {
        .url = url,
        .crt_bundle_attach = esp_crt_bundle_attach,
        .timeout_ms = 10000,
        .keep_alive_enable = true,
    };
    const esp_https_ota_config_t cfg = { .http_config = &http };

    ESP_RETURN_ON_ERROR(esp_https_ota_begin(&cfg, &ota), TAG, "begin");
    esp_err_t err = examine_image(ota);
    if (err != ESP_OK) {
        goto abort;
    }
    do {
        err = esp_https_ota_perform(ota);
    } while (err == ESP_ERR_HTTPS_OTA_IN_PROGRESS);
    if (err != ESP_OK) {
        goto abort;
    }
    if (!esp_https_ota_is_complete_data_received(ota)) {
        err = ESP_ERR_INVALID_SIZE;
        goto abort;
    }
    return esp_https_ota_finish(ota);

abort:
    if (esp_https_ota_abort(ota) != ESP_OK) {
        ESP_LOGW(TAG, "abort failed");
    }
    return err;
}

static void run_check(void)
{
    char file[FILE_NAME_MAX];
    esp_err_t err = fetch_manifest(file);

    if (err != ESP_OK) {
        ESP_LOGW(TAG, "no manifest: %s", esp_err_to_name(err));
        telemetry_event(TEV_OTA_FAIL);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(s_servers); i++) {
        err = install_from(s_servers[i], file);
        if (err == ESP_ERR_NOT_FOUND) {
            return;
        }
        if (err == ESP_OK) {
            telemetry_event(TEV_OTA_OK);
            ESP_LOGI(TAG, "new firmware in place, restarting");
            vTaskDelay(pdMS_TO_TICKS(3000));
            esp_restart();
        }
        ESP_LOGW(TAG, "server %u: %s", (unsigned) i, esp_err_to_name(err));
    }
    telemetry_event(TEV_OTA_FAIL);
}

/* The spread keeps the whole estate from asking in the same minute. */
static TickType_t next_check(void)
{
#if CONFIG_HALDEN_AUTO_UPDATE
    const uint32_t spread_s = sec_spread_below(CONFIG_HALDEN_UPDATE_JITTER_MIN * 60);

    return pdMS_TO_TICKS(1000) * (DAY_S / 2 + spread_s);
#else
    return portMAX_DELAY;
#endif
}

static void ota_task(void *arg)
{
    for (;;) {
        ulTaskNotifyTake(pdTRUE, next_check());
        if (wifi_wait_connected(pdMS_TO_TICKS(60000))) {
            run_check();
        }
    }
}

esp_err_t ota_start(void)
{
    return xTaskCreate(ota_task, "ota", 8192, NULL, 3, &s_task) == pdPASS ? ESP_OK : ESP_ERR_NO_MEM;
}

void ota_check_now(void)
{
    if (s_task) {
        xTaskNotifyGive(s_task);
    }
}

/* A fresh image is kept only when it has shown that it heats and computes. */
void ota_confirm_image(bool healthy)
{
    esp_ota_img_states_t state;

    if (esp_ota_get_state_partition(esp_ota_get_running_partition(), &state) != ESP_OK ||
        state != ESP_OTA_IMG_PENDING_VERIFY) {
        return;
    }
    if (!healthy) {
        ESP_LOGE(TAG, "new image is not fit, going back");
        ESP_ERROR_CHECK(esp_ota_mark_app_invalid_rollback_and_reboot());
    }
    ESP_ERROR_CHECK(esp_ota_mark_app_valid_cancel_rollback());
    ESP_LOGI(TAG, "new image confirmed");
}
