/*
 * Halden W1 - window contact.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define W1_PSK_LEN      16
#define W1_SERVER_MAX   64

struct w1_server {
    char uri[W1_SERVER_MAX];
    uint8_t psk[W1_PSK_LEN];
    bool old;
};

int pairing_start(void);
bool pairing_server(struct w1_server *server);

void w1_blink(unsigned int passkey);

int w1_report_start(const struct w1_server *server);
int w1_report(bool open);
