/*
 * Halden H2 - serial link to the wall panel.
 *
 * The panel sends short lines ("T+", "T-", "PAIR"); we send text to show with
 * a CRC-8 behind it, which is there for line noise on the long cable only.
 */
#include <stdio.h>
#include <string.h>

#include "driver/uart.h"
#include "esp_check.h"
#include "esp_log.h"
#include "esp_rom_crc.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "config.h"
#include "control.h"
#include "services.h"

#define PANEL_UART      UART_NUM_2
#define PANEL_BAUD      19200
#define PANEL_COLUMNS   16

static const char *TAG = "panel";

static bool s_ready;

/* The panel does a strcpy() of what it gets, so the text is cut to its width here. */
void panel_show(const char *text)
{
    uint8_t frame[PANEL_COLUMNS + 3];
    size_t n = strnlen(text, PANEL_COLUMNS);

    if (!s_ready) {
        return;
    }
    frame[0] = 0x02;
    frame[1] = (uint8_t) n;
    memcpy(&frame[2], text, n);
    frame[2 + n] = esp_rom_crc8_le(0, frame, 2 + n);
    if (uart_write_bytes(PANEL_UART, frame, 3 + n) != (int) (3 + n)) {
        ESP_LOGW(TAG, "panel write fell short");
    }
}

static void handle_line(const char *line)
{
    esp_err_t err = ESP_OK;

    if (strcmp(line, "T+") == 0) {
        err = control_set_setpoint_dc(control_setpoint_dc() + 5);
    } else if (strcmp(line, "T-") == 0) {
        err = control_set_setpoint_dc(control_setpoint_dc() - 5);
    } else if (strcmp(line, "PAIR") == 0) {
        provisioning_open_pair_window();
    } else {
        ESP_LOGD(TAG, "line of %u characters ignored", (unsigned) strlen(line));
    }
    if (err != ESP_OK) {
        ESP_LOGW(TAG, "set point not stored");
    }
}

static void panel_task(void *arg)
{
    char buf[32];

    for (;;) {
        int n = uart_read_bytes(PANEL_UART, buf, sizeof(buf), pdMS_TO_TICKS(100));
        if (n == 0) {
            continue;
        }
        buf[n] = '\0';
        buf[strcspn(buf, "\r\n")] = '\0';
        handle_line(buf);
    }
}

esp_err_t panel_start(void)
{
    const uart_config_t cfg = {
        .baud_rate = PANEL_BAUD,
        .data_bits = UART_DATA_8_BITS,
        .parity = UART_PARITY_EVEN,
        .stop_bits = UART_STOP_BITS_1,
    };

    ESP_RETURN_ON_ERROR(uart_driver_install(PANEL_UART, 256, 0, 0, NULL, 0), TAG, "driver");
    ESP_RETURN_ON_ERROR(uart_param_config(PANEL_UART, &cfg), TAG, "config");
    ESP_RETURN_ON_ERROR(uart_set_pin(PANEL_UART, PIN_PANEL_TX, PIN_PANEL_RX,
                                     UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE), TAG, "pins");
    s_ready = true;
    if (xTaskCreate(panel_task, "panel", 3072, NULL, 4, NULL) != pdPASS) {
        return ESP_ERR_NO_MEM;
    }
    return ESP_OK;
}
