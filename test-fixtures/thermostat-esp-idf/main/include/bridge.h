/*
 * Halden H2 - TLS link to the boiler bridge.
 */
#pragma once

#include "esp_err.h"

enum bridge_kind {
    BRIDGE_B1,
    BRIDGE_B2,
};

esp_err_t bridge_read(enum bridge_kind kind, const char *address, int *flow_dc);
