/*
 * Halden H2 - heating control.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include "esp_err.h"

#define SCHEDULE_SLOTS  6

struct slot {
    uint16_t minute;
    int16_t setpoint_dc;
};

struct day_plan {
    uint8_t weekday;
    uint8_t count;
    struct slot slots[SCHEDULE_SLOTS];
};

esp_err_t control_start(void);
bool control_healthy(void);
int control_temp_dc(void);
int control_setpoint_dc(void);
int control_output_pct(void);
esp_err_t control_set_setpoint_dc(int dc);
esp_err_t control_manual_output(uint8_t pct);
esp_err_t control_set_plan(const struct day_plan *plan);
void control_set_outdoor_dc(int dc);
void control_blink(int times);
