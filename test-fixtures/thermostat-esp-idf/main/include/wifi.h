/*
 * Halden H2 - station and rescue hotspot.
 */
#pragma once

#include <stdbool.h>
#include "freertos/FreeRTOS.h"
#include "esp_err.h"

esp_err_t wifi_init(void);
esp_err_t wifi_start_station(void);
bool wifi_wait_connected(TickType_t ticks);
bool wifi_rescue_active(void);
