/*
 * Halden H2 - entry points of the smaller parts.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include "esp_err.h"

/* cloud.c */
esp_err_t cloud_start(void);
bool cloud_connected(void);
esp_err_t cloud_publish(const char *leaf, const char *payload, size_t len);

/* ota.c */
esp_err_t ota_start(void);
void ota_check_now(void);
void ota_confirm_image(bool healthy);

/* http_server.c */
esp_err_t http_server_start(void);
void http_set_banner(const char *text);

/* ble.c */
esp_err_t ble_start(void);

/* panel.c */
esp_err_t panel_start(void);
void panel_show(const char *text);

/* console.c */
esp_err_t console_start(void);

/* provisioning.c */
esp_err_t provisioning_run(void);
void provisioning_open_pair_window(void);
bool provisioning_pair_window_open(void);
void provisioning_factory_reset(void);
