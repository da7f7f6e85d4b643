/*
 * Halden H2 - reports and security events.
 */
#pragma once

#include "esp_err.h"

enum tev {
    TEV_BOOT = 1,
    TEV_LOGIN_FAIL,
    TEV_LOGIN_LOCK,
    TEV_CONFIG_SIG,
    TEV_OTA_OK,
    TEV_OTA_FAIL,
    TEV_TLS_FAIL,
    TEV_SENSOR_FAIL,
    TEV_RESET,
};

esp_err_t telemetry_start(void);
void telemetry_event(enum tev type);
