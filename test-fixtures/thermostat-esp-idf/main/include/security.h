/*
 * Halden H2 - keys, passwords, sealing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "esp_err.h"

#define SEC_SEAL_NONCE      12
#define SEC_SEAL_TAG        16
#define SEC_SEAL_OVERHEAD   (SEC_SEAL_NONCE + SEC_SEAL_TAG)

esp_err_t sec_init(void);
esp_err_t sec_self_test(void);
const char *sec_device_id(void);

esp_err_t sec_ensure_local_password(void);
esp_err_t sec_set_password(const char *pw);
bool sec_check_password(const char *pw);

esp_err_t sec_broker_password(char *out, size_t size);
esp_err_t sec_verify_config(const uint8_t *msg, size_t msg_len, const uint8_t *sig, size_t sig_len);

esp_err_t sec_seal(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_size, size_t *out_len);
esp_err_t sec_open(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_size, size_t *out_len);

uint32_t sec_spread_below(uint32_t n);
