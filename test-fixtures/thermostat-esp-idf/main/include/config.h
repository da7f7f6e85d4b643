/*
 * Halden H2 - product constants.
 */
#pragma once

#include "esp_console.h"
#include "esp_wifi_types.h"

#define PRODUCT_NAME            "Halden H2"

/* Wiring of board revision C */
#define PIN_TRIAC_PWM           25
#define PIN_RELAY               26
#define PIN_STATUS_LED          2
#define PIN_BUTTON              0
#define PIN_BENCH_STRAP         35
#define PIN_PANEL_TX            17
#define PIN_PANEL_RX            16

/* Heating, in tenths of a degree and percent */
#define SETPOINT_MIN_DC         50
#define SETPOINT_MAX_DC         300
#define SETPOINT_DEFAULT_DC     190
#define CUTOUT_DC               420
#define OUTPUT_MAX_PCT          85
#define MANUAL_OUTPUT_S         600

/* Cloud */
#define CLOUD_HOST              "mqtt.halden.example"
#define CLOUD_URI               "mqtts://" CLOUD_HOST ":8883"
#define TOPIC_ROOT              "halden/"

/* Update servers; the mirror is the plain cache the dealers host */
#define OTA_PRIMARY_BASE        "https://ota.halden.example/h2/"
#define OTA_MIRROR_BASE         "http://dl.halden-dealers.example/h2/"

/* Outdoor temperature for the heating curve */
#define WEATHER_SCHEME          "http"
#define WEATHER_HOST            "api.outdoor-now.example"
#define WEATHER_QUERY           WEATHER_SCHEME "://" WEATHER_HOST "/v1/now?lat=%.4f&lon=%.4f"

/* Hotspots */
#define AP_NAME_PREFIX          "Halden-"
#define RESCUE_AP_KEY           "warm-home-24"
#define RESCUE_AFTER_FAILURES   30
#define MIN_WIFI_AUTH           WIFI_AUTH_WPA2_PSK
#define CAPTIVE_URL             "http://192.168.4.1/"

/* Local page */
#define SETUP_CODE_LEN          8
#define PASSWORD_MAX_LEN        64
#define LOGIN_MAX_FAILURES      5
#define LOGIN_LOCK_S            300
#define SESSION_S               1800

/* Service tooling */
#define BENCH_HELLO             "H2sv"
#define RUN_LINE                esp_console_run

#define ARRAY_LEN(a)            (sizeof(a) / sizeof((a)[0]))
