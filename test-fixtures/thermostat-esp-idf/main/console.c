/*
 * Halden H2 - service console on UART 0 and, line by line, over the cloud.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_app_desc.h"
#include "esp_check.h"
#include "esp_console.h"
#include "esp_log.h"
#include "esp_system.h"

#include "config.h"
#include "control.h"
#include "services.h"
#include "storage.h"

static const char *TAG = "console";

static int cmd_status(int argc, char **argv)
{
    const int dc = control_temp_dc();

    printf("%s %s\n", PRODUCT_NAME, esp_app_get_description()->version);
    printf("temperature %d.%d, set point %d, output %d %%\n",
           dc / 10, abs(dc % 10), control_setpoint_dc(), control_output_pct());
    return 0;
}

static int cmd_set(int argc, char **argv)
{
    char *end = NULL;

    if (argc != 3 || strlen(argv[1]) > 15) {
        printf("usage: set <key> <number>\n");
        return 1;
    }
    errno = 0;
    const long v = strtol(argv[2], &end, 10);
    if (errno != 0 || *end != '\0' || v < INT_MIN || v > INT_MAX) {
        printf("not a number\n");
        return 1;
    }
    return storage_set_i32(argv[1], (int32_t) v) == ESP_OK ? 0 : 1;
}

static int cmd_restart(int argc, char **argv)
{
    esp_restart();
    return 0;
}

static int cmd_reset(int argc, char **argv)
{
    provisioning_factory_reset();
    return 0;
}

static const esp_console_cmd_t s_commands[] = {
    { .command = "status", .help = "What the heating does", .func = cmd_status },
    { .command = "set", .help = "Change a setting", .hint = "<key> <number>", .func = cmd_set },
    { .command = "restart", .help = "Restart", .func = cmd_restart },
    { .command = "reset", .help = "Factory reset", .func = cmd_reset },
};

esp_err_t console_start(void)
{
    esp_console_repl_t *repl = NULL;
    esp_console_repl_config_t repl_cfg = ESP_CONSOLE_REPL_CONFIG_DEFAULT();
    const esp_console_dev_uart_config_t uart_cfg = ESP_CONSOLE_DEV_UART_CONFIG_DEFAULT();

    repl_cfg.prompt = "h2>";
    repl_cfg.max_cmdline_length = 96;
    ESP_RETURN_ON_ERROR(esp_console_new_repl_uart(&uart_cfg, &repl_cfg, &repl), TAG, "console");
    for (size_t i = 0; i < ARRAY_LEN(s_commands); i++) {
        ESP_RETURN_ON_ERROR(esp_console_cmd_register(&s_commands[i]), TAG, "command");
    }
    return esp_console_start_repl(repl);
}
