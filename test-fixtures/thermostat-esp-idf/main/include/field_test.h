/*
 * Halden H2 - field test.
 */
#pragma once

#include "esp_err.h"
#include "esp_http_server.h"

esp_err_t field_test_start_hub(void);
esp_err_t field_test_join(void);
esp_err_t field_test_open_ap(void);
esp_err_t field_test_set_up(const char *service);
void field_test_monitoring(void);
esp_err_t field_test_page(httpd_req_t *req);
esp_err_t field_test_report(void);
const char *field_test_collector(void);
