/*
 * Halden H2 - service records for the dealer.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "esp_err.h"
#include "mbedtls/pk.h"

#define DEALER_RECORD   256

struct dealer_limits {
    uint16_t max_flow_dc;
    uint16_t min_room_dc;
};

struct dealer_job {
    bool old_laptop;
    uint8_t key[32];
    uint8_t record[DEALER_RECORD];
    uint8_t display[8];
    uint8_t sig[80];
    int (*draw)(void *ctx, unsigned char *out, size_t n);
    void *draw_ctx;
};

esp_err_t dealer_open_limits(const uint8_t key[32], const uint8_t *in, size_t n, struct dealer_limits *limits);
esp_err_t dealer_set_pin(const char *pin);
esp_err_t dealer_make_pair(mbedtls_pk_context *pair, int (*draw)(void *, unsigned char *, size_t), void *ctx);
esp_err_t dealer_write(struct dealer_job *job);
