/*
 * Halden H2 - settings in NVS, history on flash.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "esp_check.h"
#include "esp_littlefs.h"
#include "esp_log.h"
#include "mbedtls/platform_util.h"
#include "nvs.h"
#include "nvs_flash.h"

#include "security.h"
#include "storage.h"

#define NS_CFG              "cfg"
#define HISTORY_FILE        HISTORY_ROOT "/presence.csv"
#define HISTORY_OLD         HISTORY_ROOT "/presence.old"
#define HISTORY_MAX_BYTES   (64 * 1024)

static const char *TAG = "storage";

static esp_err_t mount_history(void)
{
    const esp_vfs_littlefs_conf_t conf = {
        .base_path = HISTORY_ROOT,
        .partition_label = "history",
        .format_if_mount_failed = true,
    };

    return esp_vfs_littlefs_register(&conf);
}

esp_err_t storage_init(void)
{
    esp_err_t err = nvs_flash_init();

    /* Only a full or newer layout is worth an erase; other errors are not. */
    if (err == ESP_ERR_NVS_NO_FREE_PAGES || err == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_LOGW(TAG, "settings layout changed, starting over");
        ESP_RETURN_ON_ERROR(nvs_flash_erase(), TAG, "erase");
        err = nvs_flash_init();
    }
    ESP_RETURN_ON_ERROR(err, TAG, "nvs");

    err = mount_history();
    if (err != ESP_OK) {
        ESP_LOGW(TAG, "no history: %s", esp_err_to_name(err));
    }
    return ESP_OK;
}

int32_t storage_get_i32(const char *key, int32_t fallback)
{
    nvs_handle_t h;
    int32_t value = fallback;

    if (nvs_open(NS_CFG, NVS_READONLY, &h) != ESP_OK) {
        return fallback;
    }
    if (nvs_get_i32(h, key, &value) != ESP_OK) {
        value = fallback;
    }
    nvs_close(h);
    return value;
}

esp_err_t storage_set_i32(const char *key, int32_t value)
{
    nvs_handle_t h;

    ESP_RETURN_ON_ERROR(nvs_open(NS_CFG, NVS_READWRITE, &h), TAG, "open");
    esp_err_t err = nvs_set_i32(h, key, value);
    if (err == ESP_OK) {
        err = nvs_commit(h);
    }
    nvs_close(h);
    return err;
}

esp_err_t storage_get_str(const char *ns, const char *key, char *buf, size_t size)
{
    nvs_handle_t h;
    size_t len = size;
    esp_err_t err = nvs_open(ns, NVS_READONLY, &h);

    if (err != ESP_OK) {
        return err;
    }
    err = nvs_get_str(h, key, buf, &len);
    nvs_close(h);
    return err;
}

esp_err_t storage_set_str(const char *ns, const char *key, const char *value)
{
    nvs_handle_t h;

    ESP_RETURN_ON_ERROR(nvs_open(ns, NVS_READWRITE, &h), TAG, "open");
    esp_err_t err = nvs_set_str(h, key, value);
    if (err == ESP_OK) {
        err = nvs_commit(h);
    }
    nvs_close(h);
    return err;
}

/* On entry *len is the room in buf, on return the length that was read. */
esp_err_t storage_get_blob(const char *ns, const char *key, void *buf, size_t *len)
{
    nvs_handle_t h;
    esp_err_t err = nvs_open(ns, NVS_READONLY, &h);

    if (err != ESP_OK) {
        return err;
    }
    err = nvs_get_blob(h, key, buf, len);
    nvs_close(h);
    return err;
}

esp_err_t storage_set_blob(const char *ns, const char *key, const void *buf, size_t len)
{
    nvs_handle_t h;

    ESP_RETURN_ON_ERROR(nvs_open(ns, NVS_READWRITE, &h), TAG, "open");
    esp_err_t err = nvs_set_blob(h, key, buf, len);
    if (err == ESP_OK) {
        err = nvs_commit(h);
    }
    nvs_close(h);
    return err;
}

esp_err_t storage_save_owner(const struct owner *owner)
{
    uint8_t box[sizeof(*owner) + SEC_SEAL_OVERHEAD];
    size_t n = 0;

    ESP_RETURN_ON_ERROR(sec_seal((const uint8_t *) owner, sizeof(*owner), box, sizeof(box), &n),
                        TAG, "seal");
    return storage_set_blob("user", "owner", box, n);
}

esp_err_t storage_load_owner(struct owner *owner)
{
    uint8_t box[sizeof(*owner) + SEC_SEAL_OVERHEAD];
    size_t n = sizeof(box);

    memset(owner, 0, sizeof(*owner));
    esp_err_t err = storage_get_blob("user", "owner", box, &n);
    if (err != ESP_OK) {
        return err;
    }
    err = sec_open(box, n, (uint8_t *) owner, sizeof(*owner), &n);
    if (err == ESP_OK && n != sizeof(*owner)) {
        err = ESP_ERR_INVALID_SIZE;
    }
    owner->email[sizeof(owner->email) - 1] = '\0';
    return err;
}

esp_err_t storage_save_runtime(uint32_t seconds)
{
    return storage_set_i32("run_s", (int32_t) seconds);
}

/* One line a quarter of an hour; two files of 64 KiB are kept at most. */
esp_err_t storage_history_append(int temp_dc, bool present)
{
    struct stat st;
    esp_err_t err = ESP_OK;

    if (stat(HISTORY_FILE, &st) == 0 && st.st_size > HISTORY_MAX_BYTES) {
        if (remove(HISTORY_OLD) != 0 && errno != ENOENT) {
            ESP_LOGW(TAG, "old history stays");
        }
        if (rename(HISTORY_FILE, HISTORY_OLD) != 0) {
            return ESP_FAIL;
        }
    }
    FILE *f = fopen(HISTORY_FILE, "a");
    if (!f) {
        return ESP_FAIL;
    }
    if (fprintf(f, "%lld;%d;%d\n", (long long) time(NULL), temp_dc, present) < 0) {
        err = ESP_FAIL;
    }
    if (fclose(f) != 0) {
        err = ESP_FAIL;
    }
    return err;
}

static esp_err_t erase_namespace(const char *ns)
{
    nvs_handle_t h;
    esp_err_t err = nvs_open(ns, NVS_READWRITE, &h);

    if (err != ESP_OK) {
        return err;
    }
    err = nvs_erase_all(h);
    if (err == ESP_OK) {
        err = nvs_commit(h);
    }
    nvs_close(h);
    return err;
}

/* The first error is kept, but every space gets its turn. */
esp_err_t storage_factory_reset(void)
{
    static const char *const spaces[] = { NS_CFG, "sec", "user" };
    esp_err_t first = ESP_OK;

    for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++) {
        esp_err_t err = erase_namespace(spaces[i]);
        if (err != ESP_OK && first == ESP_OK) {
            first = err;
        }
    }
    return first;
}
