/*
 * Halden H2 - settings in NVS, history on flash.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "esp_err.h"

#define HISTORY_ROOT    "/hist"

struct owner {
    char email[64];
    double lat;
    double lon;
    bool has_place;
};

esp_err_t storage_init(void);

int32_t storage_get_i32(const char *key, int32_t fallback);
esp_err_t storage_set_i32(const char *key, int32_t value);
esp_err_t storage_get_str(const char *ns, const char *key, char *buf, size_t size);
esp_err_t storage_set_str(const char *ns, const char *key, const char *value);
esp_err_t storage_get_blob(const char *ns, const char *key, void *buf, size_t *len);
esp_err_t storage_set_blob(const char *ns, const char *key, const void *buf, size_t len);

esp_err_t storage_save_owner(const struct owner *owner);
esp_err_t storage_load_owner(struct owner *owner);

esp_err_t storage_save_runtime(uint32_t seconds);
esp_err_t storage_history_append(int temp_dc, bool present);
esp_err_t storage_factory_reset(void);
