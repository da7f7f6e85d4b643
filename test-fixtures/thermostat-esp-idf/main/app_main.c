/*
 * Halden H2 room thermostat - start-up.
 */
#include <stdlib.h>

#include "esp_app_desc.h"
#include "esp_log.h"
#include "esp_random.h"
#include "esp_system.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "config.h"
#include "control.h"
#include "security.h"
#include "services.h"
#include "storage.h"
#include "telemetry.h"
#include "wifi.h"

#define SELF_TEST_S     90

static const char *TAG = "main";

/* Parts the house can do without: say so and carry on. */
static void start_optional(const char *what, esp_err_t err)
{
    if (err != ESP_OK) {
        ESP_LOGE(TAG, "%s did not start: %s", what, esp_err_to_name(err));
    }
}

void app_main(void)
{
    bool healthy;

    ESP_LOGI(TAG, "%s %s, reset reason %d", PRODUCT_NAME,
             esp_app_get_description()->version, (int) esp_reset_reason());

    ESP_ERROR_CHECK(storage_init());
    ESP_ERROR_CHECK(sec_init());
    srand(esp_random());
    start_optional("panel", panel_start());

    ESP_ERROR_CHECK(wifi_init());
    start_optional("set-up", provisioning_run());
    start_optional("local password", sec_ensure_local_password());

    /* The day plan needs the time of day, so the clock comes first. */
    wifi_wait_connected(portMAX_DELAY);
    ESP_ERROR_CHECK(control_start());

    start_optional("bluetooth", ble_start());
    start_optional("console", console_start());
    start_optional("cloud", cloud_start());
    start_optional("reports", telemetry_start());
    start_optional("update", ota_start());
#if CONFIG_HALDEN_LOCAL_UI
    start_optional("local page", http_server_start());
#endif

    healthy = sec_self_test() == ESP_OK;
    for (int i = 0; i < SELF_TEST_S && !control_healthy(); i++) {
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
    ota_confirm_image(healthy && control_healthy());
    if (!healthy) {
        ESP_LOGE(TAG, "self test failed");
    }
}
