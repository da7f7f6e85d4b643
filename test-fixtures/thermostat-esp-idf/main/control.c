/*
 * Halden H2 - heating control.
 *
 * One task reads the sensor every second and drives the triac. It is the only
 * task the house depends on, so it is the one under the task watchdog.
 */
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "driver/gpio.h"
#include "driver/ledc.h"
#include "esp_adc/adc_oneshot.h"
#include "esp_attr.h"
#include "esp_check.h"
#include "esp_log.h"
#include "esp_task_wdt.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "freertos/task.h"

#include "config.h"
#include "control.h"
#include "services.h"
#include "storage.h"
#include "telemetry.h"

#define DUTY_MAX            8191
#define SENSOR_CHANNEL      ADC_CHANNEL_6
#define SENSOR_RAW_MIN      120
#define SENSOR_RAW_MAX      3950
#define BUTTON_RESET_S      10
#define HISTORY_PERIOD_S    900

static const char *TAG = "control";

static adc_oneshot_unit_handle_t s_adc;
static TaskHandle_t s_task;
static SemaphoreHandle_t s_plan_lock;
static struct day_plan s_plan[7];

static atomic_int s_temp_dc;
static atomic_int s_setpoint_dc = SETPOINT_DEFAULT_DC;
static atomic_int s_outdoor_dc;
static atomic_int s_output_pct;
static atomic_int s_manual_left_s;
static atomic_bool s_healthy;
static uint32_t s_runtime_s;

static void IRAM_ATTR button_isr(void *arg)
{
    BaseType_t woken = pdFALSE;

    vTaskNotifyGiveFromISR((TaskHandle_t) arg, &woken);
    portYIELD_FROM_ISR(woken);
}

static int clamp(int v, int lo, int hi)
{
    return v < lo ? lo : (v > hi ? hi : v);
}

static esp_err_t drive(int pct)
{
    const uint32_t duty = (uint32_t) clamp(pct, 0, OUTPUT_MAX_PCT) * DUTY_MAX / 100;

    ESP_RETURN_ON_ERROR(ledc_set_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0, duty), TAG, "duty");
    ESP_RETURN_ON_ERROR(ledc_update_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0), TAG, "update");
    atomic_store(&s_output_pct, clamp(pct, 0, OUTPUT_MAX_PCT));
    return ESP_OK;
}

static void safe_off(void)
{
    atomic_store(&s_manual_left_s, 0);
    if (drive(0) != ESP_OK) {
        ESP_LOGE(TAG, "output does not answer");
    }
    gpio_set_level(PIN_RELAY, 0);
}

/* The divider is close to linear between 5 and 35 degrees. */
static bool read_sensor(int *temp_dc)
{
    int raw = 0;

    if (adc_oneshot_read(s_adc, SENSOR_CHANNEL, &raw) != ESP_OK ||
        raw < SENSOR_RAW_MIN || raw > SENSOR_RAW_MAX) {
        return false;
    }
    *temp_dc = 500 - (raw * 10) / 82;
    return true;
}

static int heating_output(int temp_dc)
{
    static int integral;
    const int error = atomic_load(&s_setpoint_dc) - temp_dc;
    const int feed = clamp((150 - atomic_load(&s_outdoor_dc)) / 20, 0, 15);

    integral = clamp(integral + error / 4, 0, 400);
    return clamp(feed + error * 2 + integral / 10, 0, OUTPUT_MAX_PCT);
}

static void apply_plan(void)
{
    time_t now = time(NULL);
    struct tm tm;

    localtime_r(&now, &tm);
    if (tm.tm_year < 124 || tm.tm_sec != 0) {
        return;
    }
    xSemaphoreTake(s_plan_lock, portMAX_DELAY);
    const struct day_plan *day = &s_plan[tm.tm_wday];
    for (int i = 0; i < day->count; i++) {
        if (day->slots[i].minute == tm.tm_hour * 60 + tm.tm_min) {
            atomic_store(&s_setpoint_dc, day->slots[i].setpoint_dc);
        }
    }
    xSemaphoreGive(s_plan_lock);
}

/* Short press opens pairing, ten seconds is a factory reset. */
static void poll_button(void)
{
    static int held_s;

    if (ulTaskNotifyTake(pdTRUE, 0) > 0) {
        provisioning_open_pair_window();
    }
    held_s = gpio_get_level(PIN_BUTTON) == 0 ? held_s + 1 : 0;
    if (held_s >= BUTTON_RESET_S) {
        safe_off();
        provisioning_factory_reset();
    }
}

static void control_task(void *arg)
{
    int temp_dc = 0;
    int misses = 0;
    uint32_t tick = 0;
    TickType_t last = xTaskGetTickCount();

    ESP_ERROR_CHECK(esp_task_wdt_add(NULL));
    for (;;) {
        ESP_ERROR_CHECK(esp_task_wdt_reset());
        vTaskDelayUntil(&last, pdMS_TO_TICKS(1000));
        poll_button();

        if (!read_sensor(&temp_dc)) {
            if (++misses == 5) {
                ESP_LOGE(TAG, "sensor lost, heating off");
                atomic_store(&s_healthy, false);
                telemetry_event(TEV_SENSOR_FAIL);
                safe_off();
            }
            continue;
        }
        misses = 0;
        atomic_store(&s_temp_dc, temp_dc);
        atomic_store(&s_healthy, true);
        apply_plan();

        if (temp_dc >= CUTOUT_DC) {
            safe_off();
        } else if (atomic_load(&s_manual_left_s) > 0) {
            atomic_fetch_sub(&s_manual_left_s, 1);
        } else {
            gpio_set_level(PIN_RELAY, 1);
            if (drive(heating_output(temp_dc)) != ESP_OK) {
                safe_off();
            }
        }

        if (atomic_load(&s_output_pct) > 0) {
            s_runtime_s++;
            if (storage_save_runtime(s_runtime_s) != ESP_OK) {
                ESP_LOGD(TAG, "burner hours not saved");
            }
        }
        if (++tick % HISTORY_PERIOD_S == 0 &&
            storage_history_append(temp_dc, storage_get_i32("present", 1) != 0) != ESP_OK) {
            ESP_LOGW(TAG, "history not written");
        }
    }
}

static esp_err_t init_outputs(void)
{
    const ledc_timer_config_t timer = {
        .speed_mode = LEDC_LOW_SPEED_MODE,
        .duty_resolution = LEDC_TIMER_13_BIT,
        .timer_num = LEDC_TIMER_0,
        .freq_hz = 100,
        .clk_cfg = LEDC_AUTO_CLK,
    };
    const ledc_channel_config_t channel = {
        .gpio_num = PIN_TRIAC_PWM,
        .speed_mode = LEDC_LOW_SPEED_MODE,
        .channel = LEDC_CHANNEL_0,
        .timer_sel = LEDC_TIMER_0,
        .duty = 0,
    };
    const gpio_config_t outputs = {
        .pin_bit_mask = BIT64(PIN_RELAY) | BIT64(PIN_STATUS_LED),
        .mode = GPIO_MODE_OUTPUT,
    };
    const gpio_config_t button = {
        .pin_bit_mask = BIT64(PIN_BUTTON),
        .mode = GPIO_MODE_INPUT,
        .pull_up_en = GPIO_PULLUP_ENABLE,
        .intr_type = GPIO_INTR_NEGEDGE,
    };

    ESP_RETURN_ON_ERROR(ledc_timer_config(&timer), TAG, "timer");
    ESP_RETURN_ON_ERROR(ledc_channel_config(&channel), TAG, "channel");
    ESP_RETURN_ON_ERROR(gpio_config(&outputs), TAG, "outputs");
    ESP_RETURN_ON_ERROR(gpio_config(&button), TAG, "button");
    return gpio_install_isr_service(0);
}

esp_err_t control_start(void)
{
    const adc_oneshot_unit_init_cfg_t unit = { .unit_id = ADC_UNIT_1 };
    const adc_oneshot_chan_cfg_t chan = { .atten = ADC_ATTEN_DB_12, .bitwidth = ADC_BITWIDTH_12 };

    s_plan_lock = xSemaphoreCreateMutex();
    if (!s_plan_lock) {
        return ESP_ERR_NO_MEM;
    }
    ESP_RETURN_ON_ERROR(init_outputs(), TAG, "outputs");
    ESP_RETURN_ON_ERROR(adc_oneshot_new_unit(&unit, &s_adc), TAG, "adc");
    ESP_RETURN_ON_ERROR(adc_oneshot_config_channel(s_adc, SENSOR_CHANNEL, &chan), TAG, "adc channel");

    s_runtime_s = (uint32_t) storage_get_i32("run_s", 0);
    atomic_store(&s_setpoint_dc, clamp(storage_get_i32("setpoint", SETPOINT_DEFAULT_DC),
                                       SETPOINT_MIN_DC, SETPOINT_MAX_DC));
    if (xTaskCreate(control_task, "control", 4096, NULL, 10, &s_task) != pdPASS) {
        return ESP_ERR_NO_MEM;
    }
    return gpio_isr_handler_add(PIN_BUTTON, button_isr, s_task);
}

bool control_healthy(void)
{
    return atomic_load(&s_healthy);
}

int control_temp_dc(void)
{
    return atomic_load(&s_temp_dc);
}

int control_setpoint_dc(void)
{
    return atomic_load(&s_setpoint_dc);
}

int control_output_pct(void)
{
    return atomic_load(&s_output_pct);
}

esp_err_t control_set_setpoint_dc(int dc)
{
    dc = clamp(dc, SETPOINT_MIN_DC, SETPOINT_MAX_DC);
    if (dc == atomic_exchange(&s_setpoint_dc, dc)) {
        return ESP_OK;
    }
    return storage_set_i32("setpoint", dc);
}

/* For the installer: hold the output at a level for some minutes. */
esp_err_t control_manual_output(uint8_t pct)
{
    const uint32_t duty = (uint32_t) pct * DUTY_MAX / 100;

    if (!control_healthy()) {
        return ESP_ERR_INVALID_STATE;
    }
    atomic_store(&s_manual_left_s, MANUAL_OUTPUT_S);
    gpio_set_level(PIN_RELAY, 1);
    ESP_RETURN_ON_ERROR(ledc_set_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0, duty), TAG, "duty");
    ESP_RETURN_ON_ERROR(ledc_update_duty(LEDC_LOW_SPEED_MODE, LEDC_CHANNEL_0), TAG, "update");
    atomic_store(&s_output_pct, pct);
    return ESP_OK;
}

esp_err_t control_set_plan(const struct day_plan *plan)
{
    if (plan->weekday >= ARRAY_LEN(s_plan) || plan->count > SCHEDULE_SLOTS) {
        return ESP_ERR_INVALID_ARG;
    }
    for (int i = 0; i < plan->count; i++) {
        if (plan->slots[i].minute >= 24 * 60 ||
            plan->slots[i].setpoint_dc < SETPOINT_MIN_DC ||
            plan->slots[i].setpoint_dc > SETPOINT_MAX_DC) {
            return ESP_ERR_INVALID_ARG;
        }
    }
    xSemaphoreTake(s_plan_lock, portMAX_DELAY);
    memcpy(&s_plan[plan->weekday], plan, sizeof(*plan));
    xSemaphoreGive(s_plan_lock);
    return ESP_OK;
}

void control_set_outdoor_dc(int dc)
{
    atomic_store(&s_outdoor_dc, clamp(dc, -400, 500));
}

void control_blink(int times)
{
    for (int i = 0; i < times; i++) {
        gpio_set_level(PIN_STATUS_LED, 1);
        vTaskDelay(pdMS_TO_TICKS(150));
        gpio_set_level(PIN_STATUS_LED, 0);
        vTaskDelay(pdMS_TO_TICKS(150));
    }
}
