/*
 * Halden H2 - the outdoor probe.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "coap3/coap.h"
#include "esp_err.h"
#include "mbedtls/ecp.h"

#define OUTDOOR_BLOCK   64

coap_session_t *outdoor_open(coap_context_t *ctx, const coap_address_t *probe, bool second_series);
esp_err_t outdoor_frame_in(const uint8_t key[32], const uint8_t *frame, size_t n, uint8_t *out);
esp_err_t outdoor_frame_out(const uint8_t key[32], const uint8_t *text, size_t n, uint8_t *frame);
esp_err_t outdoor_seal_log(const uint8_t key[32], const uint8_t *log, size_t blocks, uint8_t *box);
void outdoor_new_token(char token[33]);
esp_err_t outdoor_new_pair(mbedtls_ecp_keypair *pair);
