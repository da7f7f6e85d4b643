/*
 * Halden H2 - prices from the smart meter.
 */
#pragma once

#include <stddef.h>
#include "esp_err.h"

esp_err_t smart_meter_price(const char *host, char *price, size_t size);
esp_err_t smart_meter_unlock(const char *reader);
const char *smart_meter_archive(void);
const char *smart_meter_tariff_key(size_t utility);
