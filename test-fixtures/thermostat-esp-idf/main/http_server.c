/*
 * Halden H2 - local page for the phone or PC in the same house.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cJSON.h"
#include "esp_app_desc.h"
#include "esp_check.h"
#include "esp_http_server.h"
#include "esp_log.h"
#include "esp_random.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "mbedtls/platform_util.h"

#include "config.h"
#include "control.h"
#include "security.h"
#include "services.h"
#include "storage.h"
#include "telemetry.h"
#include "wifi.h"

#define SID_BYTES       16
#define BODY_MAX        512
#define EXPORT_PREFIX   "/export/"
#define EXPORT_DIR      HISTORY_ROOT "/out/"

static const char *TAG = "page";

static const char LOGIN_PAGE[] =
    "<!doctype html><title>Halden H2</title><p>Enter the password shown on the panel."
    "<form id=f><input id=p type=password autocomplete=current-password><button>Sign in</button></form>"
    "<script>f.onsubmit=async e=>{e.preventDefault();"
    "let r=await fetch('/api/login',{method:'POST',body:p.value});"
    "r.ok?location.reload():alert('Wrong password')}</script>";

static SemaphoreHandle_t s_banner_lock;
static char s_banner[64] = "Inside %d.%d degrees";
static char s_sid[2 * SID_BYTES + 1];
static int64_t s_sid_until_us;
static int64_t s_locked_until_us;
static int s_failed;

/* Set by the cloud, for the language of the house. */
void http_set_banner(const char *text)
{
    if (!s_banner_lock) {
        return;
    }
    xSemaphoreTake(s_banner_lock, portMAX_DELAY);
    strlcpy(s_banner, text, sizeof(s_banner));
    xSemaphoreGive(s_banner_lock);
}

/* Helpers ----------------------------------------------------------------- */

static esp_err_t answer(httpd_req_t *req, const char *status, const char *text)
{
    ESP_RETURN_ON_ERROR(httpd_resp_set_status(req, status), TAG, "status");
    return httpd_resp_sendstr(req, text);
}

static bool require_session(httpd_req_t *req)
{
    char sid[sizeof(s_sid)];
    size_t len = sizeof(sid);

    if (s_sid[0] != '\0' && esp_timer_get_time() < s_sid_until_us &&
        httpd_req_get_cookie_val(req, "sid", sid, &len) == ESP_OK &&
        strcmp(sid, s_sid) == 0) {
        return true;
    }
    answer(req, "401 Unauthorized", "Sign in first");
    return false;
}

/* Reads a whole body into buf and ends it with a zero. */
static esp_err_t read_body(httpd_req_t *req, char *buf, size_t size)
{
    size_t have = 0;
    int stalls = 0;

    if (req->content_len >= size) {
        return ESP_ERR_INVALID_SIZE;
    }
    while (have < req->content_len) {
        int n = httpd_req_recv(req, buf + have, req->content_len - have);
        if (n == HTTPD_SOCK_ERR_TIMEOUT && ++stalls < 3) {
            continue;
        }
        if (n <= 0) {
            return ESP_FAIL;
        }
        have += (size_t) n;
    }
    buf[have] = '\0';
    return ESP_OK;
}

static void html_escape(const char *in, char *out, size_t size)
{
    size_t n = 0;

    for (; *in && n + 7 < size; in++) {
        switch (*in) {
        case '<': n += strlcpy(out + n, "&lt;", size - n); break;
        case '>': n += strlcpy(out + n, "&gt;", size - n); break;
        case '&': n += strlcpy(out + n, "&amp;", size - n); break;
        case '"': n += strlcpy(out + n, "&quot;", size - n); break;
        case '\'': n += strlcpy(out + n, "&#39;", size - n); break;
        default: out[n++] = *in; break;
        }
    }
    out[n] = '\0';
}

/* Pages ------------------------------------------------------------------- */

static esp_err_t root_get(httpd_req_t *req)
{
    char name[64];
    char mail[6 * sizeof(((struct owner *) 0)->email)];
    char banner[sizeof(s_banner)];
    char line[96];
    struct owner owner;
    const int dc = control_temp_dc();

    if (!require_session(req)) {
        return ESP_OK;
    }
    if (storage_get_str("cfg", "name", name, sizeof(name)) != ESP_OK) {
        strlcpy(name, PRODUCT_NAME, sizeof(name));
    }
    ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, "<!doctype html><h1>"), TAG, "send");
    ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, name), TAG, "send");
    ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, "</h1><p>"), TAG, "send");

    xSemaphoreTake(s_banner_lock, portMAX_DELAY);
    memcpy(banner, s_banner, sizeof(banner));
    xSemaphoreGive(s_banner_lock);
    snprintf(line, sizeof(line), banner, dc / 10, abs(dc % 10));
    ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, line), TAG, "send");

    if (storage_load_owner(&owner) == ESP_OK) {
        html_escape(owner.email, mail, sizeof(mail));
        ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, "<p>Reports go to "), TAG, "send");
        ESP_RETURN_ON_ERROR(httpd_resp_sendstr_chunk(req, mail), TAG, "send");
    }
    return httpd_resp_sendstr_chunk(req, NULL);
}

static esp_err_t login_get(httpd_req_t *req)
{
    return httpd_resp_send(req, LOGIN_PAGE, sizeof(LOGIN_PAGE) - 1);
}

/* Phones ask for this to see whether they are behind a portal. */
static esp_err_t portal_get(httpd_req_t *req)
{
    if (!wifi_rescue_active()) {
        return answer(req, "204 No Content", "");
    }
    ESP_LOGD(TAG, "portal probe sent to http://192.168.4.1/");
    ESP_RETURN_ON_ERROR(httpd_resp_set_hdr(req, "Location", CAPTIVE_URL), TAG, "header");
    return answer(req, "302 Found", "");
}

static esp_err_t login_post(httpd_req_t *req)
{
    char password[PASSWORD_MAX_LEN + 1];
    char cookie[sizeof(s_sid) + 64];
    uint8_t raw[SID_BYTES];
    bool ok;

    if (esp_timer_get_time() < s_locked_until_us) {
        return answer(req, "429 Too Many Requests", "Wait some minutes");
    }
    if (read_body(req, password, sizeof(password)) != ESP_OK) {
        return answer(req, "400 Bad Request", "No password");
    }
    ok = sec_check_password(password);
    mbedtls_platform_zeroize(password, sizeof(password));
    if (!ok) {
        telemetry_event(TEV_LOGIN_FAIL);
        if (++s_failed >= LOGIN_MAX_FAILURES) {
            s_failed = 0;
            s_locked_until_us = esp_timer_get_time() + LOGIN_LOCK_S * 1000000LL;
            telemetry_event(TEV_LOGIN_LOCK);
        }
        return answer(req, "401 Unauthorized", "Wrong password");
    }

    s_failed = 0;
    esp_fill_random(raw, sizeof(raw));
    for (size_t i = 0; i < sizeof(raw); i++) {
        snprintf(&s_sid[2 * i], 3, "%02x", raw[i]);
    }
    mbedtls_platform_zeroize(raw, sizeof(raw));
    s_sid_until_us = esp_timer_get_time() + SESSION_S * 1000000LL;
    int n = snprintf(cookie, sizeof(cookie), "sid=%s; HttpOnly; SameSite=Strict; Path=/", s_sid);
    if (n < 0 || n >= (int) sizeof(cookie)) {
        return ESP_FAIL;
    }
    esp_err_t err = httpd_resp_set_hdr(req, "Set-Cookie", cookie);
    if (err == ESP_OK) {
        err = answer(req, "200 OK", "Welcome");
    }
    mbedtls_platform_zeroize(cookie, sizeof(cookie));
    return err;
}

/* Interface --------------------------------------------------------------- */

static esp_err_t status_get(httpd_req_t *req)
{
    char json[128];

    if (!require_session(req)) {
        return ESP_OK;
    }
    int n = snprintf(json, sizeof(json), "{\"temp\":%d,\"setpoint\":%d,\"output\":%d,\"fw\":\"%s\"}",
                     control_temp_dc(), control_setpoint_dc(), control_output_pct(),
                     esp_app_get_description()->version);
    if (n < 0 || n >= (int) sizeof(json)) {
        return ESP_FAIL;
    }
    ESP_RETURN_ON_ERROR(httpd_resp_set_type(req, "application/json"), TAG, "type");
    return httpd_resp_send(req, json, n);
}

static esp_err_t setpoint_post(httpd_req_t *req)
{
    char body[16];
    char *end = NULL;

    if (!require_session(req)) {
        return ESP_OK;
    }
    if (read_body(req, body, sizeof(body)) != ESP_OK) {
        return answer(req, "400 Bad Request", "Too long");
    }
    const long dc = strtol(body, &end, 10);
    if (end == body || *end != '\0' || dc < SETPOINT_MIN_DC || dc > SETPOINT_MAX_DC) {
        return answer(req, "400 Bad Request", "Not a set point");
    }
    return control_set_setpoint_dc((int) dc) == ESP_OK ? answer(req, "200 OK", "Set") : ESP_FAIL;
}

/* {"day":1,"slots":[[360,210],[1320,170]]} */
static esp_err_t schedule_post(httpd_req_t *req)
{
    char body[BODY_MAX];
    struct day_plan plan = { 0 };
    esp_err_t err = ESP_ERR_INVALID_ARG;
    const cJSON *pair = NULL;

    if (read_body(req, body, sizeof(body)) != ESP_OK) {
        return answer(req, "400 Bad Request", "Too long");
    }
    cJSON *root = cJSON_Parse(body);
    const cJSON *day = cJSON_GetObjectItem(root, "day");
    const cJSON *slots = cJSON_GetObjectItem(root, "slots");
    if (!cJSON_IsNumber(day) || day->valueint < 0 || day->valueint > 6 || !cJSON_IsArray(slots)) {
        goto out;
    }
    plan.weekday = (uint8_t) day->valueint;
    cJSON_ArrayForEach(pair, slots) {
        const cJSON *minute = cJSON_GetArrayItem(pair, 0);
        const cJSON *dc = cJSON_GetArrayItem(pair, 1);
        if (plan.count >= SCHEDULE_SLOTS || !cJSON_IsNumber(minute) || !cJSON_IsNumber(dc) ||
            minute->valueint < 0 || minute->valueint >= 24 * 60 ||
            dc->valueint < SETPOINT_MIN_DC || dc->valueint > SETPOINT_MAX_DC) {
            goto out;
        }
        plan.slots[plan.count].minute = (uint16_t) minute->valueint;
        plan.slots[plan.count++].setpoint_dc = (int16_t) dc->valueint;
    }
    err = control_set_plan(&plan);
out:
    cJSON_Delete(root);
    return err == ESP_OK ? answer(req, "200 OK", "Stored") : answer(req, "400 Bad Request", "Not a plan");
}

static esp_err_t owner_post(httpd_req_t *req)
{
    char body[BODY_MAX];
    struct owner owner;
    bool ok = false;

    if (!require_session(req)) {
        return ESP_OK;
    }
    if (read_body(req, body, sizeof(body)) != ESP_OK) {
        return answer(req, "400 Bad Request", "Too long");
    }
    memset(&owner, 0, sizeof(owner));
    cJSON *root = cJSON_Parse(body);
    const cJSON *email = cJSON_GetObjectItem(root, "email");
    const cJSON *lat = cJSON_GetObjectItem(root, "lat");
    const cJSON *lon = cJSON_GetObjectItem(root, "lon");
    if (cJSON_IsString(email) && strlen(email->valuestring) < sizeof(owner.email)) {
        strlcpy(owner.email, email->valuestring, sizeof(owner.email));
        ok = true;
    }
    if (cJSON_IsNumber(lat) && cJSON_IsNumber(lon)) {
        owner.lat = lat->valuedouble;
        owner.lon = lon->valuedouble;
        owner.has_place = owner.lat >= -90 && owner.lat <= 90 && owner.lon >= -180 && owner.lon <= 180;
    }
    cJSON_Delete(root);
    if (!ok) {
        return answer(req, "400 Bad Request", "No address");
    }
    return storage_save_owner(&owner) == ESP_OK ? answer(req, "200 OK", "Stored") : ESP_FAIL;
}

static esp_err_t password_post(httpd_req_t *req)
{
    char password[PASSWORD_MAX_LEN + 1];
    esp_err_t err;

    if (!require_session(req)) {
        return ESP_OK;
    }
    if (read_body(req, password, sizeof(password)) != ESP_OK) {
        return answer(req, "400 Bad Request", "Password too long");
    }
    err = sec_set_password(password);
    mbedtls_platform_zeroize(password, sizeof(password));
    if (err == ESP_ERR_INVALID_ARG) {
        return answer(req, "400 Bad Request", "Password too short");
    }
    mbedtls_platform_zeroize(s_sid, sizeof(s_sid));
    return err == ESP_OK ? answer(req, "200 OK", "Password changed, sign in again") : ESP_FAIL;
}

static esp_err_t reset_post(httpd_req_t *req)
{
    require_session(req);
    provisioning_factory_reset();
    return answer(req, "500 Internal Server Error", "Reset failed");
}

/* Files the app has asked for lie in the "out" folder of the history. */
static esp_err_t export_get(httpd_req_t *req)
{
    char path[128];
    char chunk[256];
    size_t n;
    esp_err_t ret = ESP_OK;

    if (!require_session(req)) {
        return ESP_OK;
    }
    int len = snprintf(path, sizeof(path), EXPORT_DIR "%s", req->uri + strlen(EXPORT_PREFIX));
    if (len < 0 || len >= (int) sizeof(path)) {
        return answer(req, "414 URI Too Long", "Name too long");
    }
    FILE *f = fopen(path, "r");
    if (!f) {
        return answer(req, "404 Not Found", "No such file");
    }
    ESP_GOTO_ON_ERROR(httpd_resp_set_type(req, "text/csv"), out, TAG, "type");
    while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0) {
        ESP_GOTO_ON_ERROR(httpd_resp_send_chunk(req, chunk, (ssize_t) n), out, TAG, "chunk");
    }
    ret = httpd_resp_send_chunk(req, NULL, 0);
out:
    fclose(f);
    return ret;
}

static esp_err_t debug_get(httpd_req_t *req)
{
    wifi_ap_record_t ap = { 0 };
    cJSON *root = cJSON_CreateObject();
    char *json = NULL;
    esp_err_t err = ESP_FAIL;

    cJSON_AddStringToObject(root, "id", sec_device_id());
    cJSON_AddStringToObject(root, "idf", esp_get_idf_version());
    cJSON_AddNumberToObject(root, "heap", esp_get_free_heap_size());
    cJSON_AddNumberToObject(root, "low", esp_get_minimum_free_heap_size());
    if (esp_wifi_sta_get_ap_info(&ap) == ESP_OK) {
        ap.ssid[sizeof(ap.ssid) - 1] = '\0';
        cJSON_AddStringToObject(root, "net", (const char *) ap.ssid);
        cJSON_AddNumberToObject(root, "rssi", ap.rssi);
    }
    json = cJSON_PrintUnformatted(root);
    if (json) {
        err = httpd_resp_sendstr(req, json);
    }
    cJSON_free(json);
    cJSON_Delete(root);
    return err;
}

static const httpd_uri_t s_uris[] = {
    { .uri = "/", .method = HTTP_GET, .handler = root_get },
    { .uri = "/login", .method = HTTP_GET, .handler = login_get },
    { .uri = "/generate_204", .method = HTTP_GET, .handler = portal_get },
    { .uri = "/api/login", .method = HTTP_POST, .handler = login_post },
    { .uri = "/api/status", .method = HTTP_GET, .handler = status_get },
    { .uri = "/api/setpoint", .method = HTTP_POST, .handler = setpoint_post },
    { .uri = "/api/schedule", .method = HTTP_POST, .handler = schedule_post },
    { .uri = "/api/owner", .method = HTTP_POST, .handler = owner_post },
    { .uri = "/api/password", .method = HTTP_POST, .handler = password_post },
    { .uri = "/api/reset", .method = HTTP_POST, .handler = reset_post },
    { .uri = EXPORT_PREFIX "*", .method = HTTP_GET, .handler = export_get },
    { .uri = "/debug/state", .method = HTTP_GET, .handler = debug_get },
};

esp_err_t http_server_start(void)
{
    httpd_handle_t server = NULL;
    httpd_config_t cfg = HTTPD_DEFAULT_CONFIG();

    cfg.max_uri_handlers = ARRAY_LEN(s_uris);
    cfg.uri_match_fn = httpd_uri_match_wildcard;
    cfg.lru_purge_enable = true;
    cfg.stack_size = 8192;

    s_banner_lock = xSemaphoreCreateMutex();
    if (!s_banner_lock) {
        return ESP_ERR_NO_MEM;
    }
    ESP_RETURN_ON_ERROR(httpd_start(&server, &cfg), TAG, "server");
    for (size_t i = 0; i < ARRAY_LEN(s_uris); i++) {
        ESP_RETURN_ON_ERROR(httpd_register_uri_handler(server, &s_uris[i]), TAG, "handler");
    }
    return ESP_OK;
}
