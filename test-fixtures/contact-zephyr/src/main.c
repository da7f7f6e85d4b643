/*
 * Halden W1 - start-up order and the reed switch.
 */
#include <zephyr/device.h>
#include <zephyr/drivers/gpio.h>
#include <zephyr/drivers/watchdog.h>
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/settings/settings.h>

#include "w1.h"

LOG_MODULE_REGISTER(w1, LOG_LEVEL_INF);

#define WATCHDOG_MS     60000
#define LOOK_EVERY_MS   250
#define BLINK_MS        150

static const struct gpio_dt_spec reed = GPIO_DT_SPEC_GET(DT_ALIAS(reed), gpios);
static const struct gpio_dt_spec lamp = GPIO_DT_SPEC_GET(DT_ALIAS(led0), gpios);
static const struct device *const dog = DEVICE_DT_GET(DT_ALIAS(watchdog0));

/* A digit is as many blinks as it says, ten for zero. */
void w1_blink(unsigned int passkey)
{
    for (unsigned int place = 100000; place > 0; place /= 10) {
        const unsigned int digit = passkey / place % 10;

        for (unsigned int i = digit == 0 ? 10 : digit; i > 0; i--) {
            gpio_pin_set_dt(&lamp, 1);
            k_msleep(BLINK_MS);
            gpio_pin_set_dt(&lamp, 0);
            k_msleep(BLINK_MS);
        }
        k_msleep(4 * BLINK_MS);
    }
}

static int start_watchdog(void)
{
    const struct wdt_timeout_cfg after = {
        .window = { .min = 0, .max = WATCHDOG_MS },
        .flags = WDT_FLAG_RESET_SOC,
    };
    int channel;

    if (!device_is_ready(dog)) {
        return -ENODEV;
    }
    channel = wdt_install_timeout(dog, &after);
    if (channel < 0) {
        return channel;
    }
    return wdt_setup(dog, WDT_OPT_PAUSE_HALTED_BY_DBG) == 0 ? channel : -EIO;
}

int main(void)
{
    struct w1_server server;
    int channel = start_watchdog();
    int was = -1;

    if (channel < 0 || gpio_pin_configure_dt(&reed, GPIO_INPUT) != 0 ||
        gpio_pin_configure_dt(&lamp, GPIO_OUTPUT_INACTIVE) != 0) {
        LOG_ERR("no watchdog, switch or lamp");
        return 0;
    }
    if (settings_subsys_init() != 0 || settings_load() != 0 || pairing_start() != 0) {
        LOG_ERR("no settings or no Bluetooth");
        return 0;
    }
    while (!pairing_server(&server)) {
        wdt_feed(dog, channel);
        k_msleep(LOOK_EVERY_MS);
    }
    if (w1_report_start(&server) != 0) {
        LOG_ERR("no reports");
    }
    for (;;) {
        const int is = gpio_pin_get_dt(&reed);

        if (is >= 0 && is != was && w1_report(is == 0) == 0) {
            was = is;
        }
        wdt_feed(dog, channel);
        k_msleep(LOOK_EVERY_MS);
    }
}
