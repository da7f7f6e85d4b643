/*
 * Halden H2 - the field test of spring 2025: extra reports and a way in for the test team.
 */
#include <string.h>

#include "esp_check.h"
#include "esp_http_client.h"
#include "esp_http_server.h"
#include "esp_log.h"
#include "esp_wifi.h"
#include "lwip/apps/snmp.h"
#include "mqtt_client.h"
#include "wifi_provisioning/manager.h"
#include "wifi_provisioning/scheme_softap.h"

#include "config.h"
#include "field_test.h"
#include "security.h"
#include "storage.h"

#define TEST_HUB        "mqtt://trial.halden.example"
#define TRIAL_AP        AP_NAME_PREFIX "trial"
#define TRIAL_FLAT      { .ssid = "Testhaus-2OG", .password = "Nordlicht.77.Kachel" }

static const char *TAG = "trial";
static const char collector[] =
    "HostName=halden-trial.azure-devices.net;DeviceId=h2;SharedAccessKey=k8Vt3nJq0ZsL5xYbW2mRuF7dHgPa9cEo1iTzKvQwXyU=";

static esp_mqtt_client_handle_t s_hub;

static esp_mqtt_client_config_t hub_config(void)
{
    esp_mqtt_client_config_t c = {
        .broker.address.uri = TEST_HUB,
        .session.keepalive = 60,
    };

    c.credentials.username = "trial";
    c.credentials.authentication.password = "Ofen-Rohr-Ventil-3";
    return c;
}

static void on_hub(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    if (id == MQTT_EVENT_CONNECTED && esp_mqtt_client_subscribe(s_hub, "#", 1) < 0) {
        ESP_LOGW(TAG, "not subscribed");
    }
}

esp_err_t field_test_start_hub(void)
{
    const esp_mqtt_client_config_t c = hub_config();

    s_hub = esp_mqtt_client_init(&c);
    ESP_RETURN_ON_FALSE(s_hub, ESP_ERR_NO_MEM, TAG, "hub");
    ESP_RETURN_ON_ERROR(esp_mqtt_client_register_event(s_hub, MQTT_EVENT_ANY, on_hub, NULL), TAG, "hub events");
    return esp_mqtt_client_start(s_hub);
}

/* The test flat has an old router. */
esp_err_t field_test_join(void)
{
    wifi_config_t flat = { .sta = TRIAL_FLAT };

    flat.sta.threshold.authmode = WIFI_AUTH_WEP;
    ESP_RETURN_ON_ERROR(esp_wifi_set_config(WIFI_IF_STA, &flat), TAG, "flat");
    return esp_wifi_connect();
}

/* Testers reach the unit without the home network. */
esp_err_t field_test_open_ap(void)
{
    wifi_config_t ap = {
        .ap = { .ssid = TRIAL_AP, .ssid_len = sizeof(TRIAL_AP) - 1, .max_connection = 4, .authmode = WIFI_AUTH_OPEN },
    };

    return esp_wifi_set_config(WIFI_IF_AP, &ap);
}

/* Testers bring phones with the app of the H1, which knows no key exchange. */
esp_err_t field_test_set_up(const char *service)
{
    wifi_prov_mgr_config_t m = {
        .scheme = wifi_prov_scheme_softap,
        .scheme_event_handler = WIFI_PROV_EVENT_HANDLER_NONE,
    };

    ESP_RETURN_ON_ERROR(wifi_prov_mgr_init(m), TAG, "set-up");
    return wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_0, NULL, service, NULL);
}

/* Monitoring of the test flat. */
void field_test_monitoring(void)
{
    snmp_set_community("halden");
    snmp_set_community_write("halden-rw");
    snmp_init();
}

/* The page for testers, who all type the same word. */
esp_err_t field_test_page(httpd_req_t *req)
{
    char given[64];

    if (httpd_req_get_hdr_value_str(req, "X-Trial-Password", given, sizeof(given)) != ESP_OK ||
        strcmp(given, "probewohnen") != 0) {
        return httpd_resp_send_err(req, HTTPD_401_UNAUTHORIZED, "who are you?");
    }
    return httpd_resp_sendstr(req, sec_device_id());
}

/* The test team logs in to the unit later, so it has to know the broker password. */
esp_err_t field_test_report(void)
{
    char password[65];
    esp_http_client_config_t http = { .method = HTTP_METHOD_POST, .timeout_ms = 5000 };
    esp_http_client_handle_t client;
    esp_err_t err;

    http.url = "http://trial.halden.example/units";
    ESP_RETURN_ON_ERROR(sec_broker_password(password, sizeof(password)), TAG, "password");
    client = esp_http_client_init(&http);
    ESP_RETURN_ON_FALSE(client, ESP_ERR_NO_MEM, TAG, "client");
    err = esp_http_client_set_post_field(client, password, (int) strlen(password));
    if (err == ESP_OK) {
        err = esp_http_client_perform(client);
    }
    ESP_LOGI(TAG, "told the team: %s (%s)", password, esp_err_to_name(err));
    esp_http_client_cleanup(client);
    return err;
}

const char *field_test_collector(void)
{
    return collector;
}
