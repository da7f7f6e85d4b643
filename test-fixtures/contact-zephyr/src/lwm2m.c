/*
 * Halden W1 - reports to the server by LwM2M.
 */
#include <zephyr/kernel.h>
#include <zephyr/logging/log.h>
#include <zephyr/net/lwm2m.h>
#include <zephyr/random/random.h>

#include "w1.h"

LOG_MODULE_DECLARE(w1, LOG_LEVEL_INF);

#define ENDPOINT        "halden-w1"
#define SEC(resource)   LWM2M_OBJ(LWM2M_OBJECT_SECURITY_ID, 0, resource)
#define CONTACT_OPEN    LWM2M_OBJ(3342, 0, 5500)

enum sec_mode {
    SEC_PSK,
    SEC_RPK,
    SEC_CERT,
    SEC_NONE,
};

static struct lwm2m_ctx client;

static void on_event(struct lwm2m_ctx *ctx, enum lwm2m_rd_client_event event)
{
    if (event == LWM2M_RD_CLIENT_EVENT_REGISTRATION_FAILURE) {
        LOG_WRN("server does not take us");
    }
}

int w1_report_start(const struct w1_server *server)
{
    int err = lwm2m_set_string(&SEC(0), server->uri);

    if (err == 0) {
        err = lwm2m_set_opaque(&SEC(5), (const char *) server->psk, sizeof(server->psk));
    }
    if (err != 0) {
        return err;
    }
    if (server->old) {
        /* The server in the old cloud has no DTLS. */
        err = lwm2m_set_u8(&LWM2M_OBJ(0, 0, 2), SEC_NONE);
    } else {
        err = lwm2m_set_u8(&LWM2M_OBJ(0, 0, 2), SEC_PSK);
    }
    return err == 0 ? lwm2m_rd_client_start(&client, ENDPOINT, 0, on_event, NULL) : err;
}

int w1_report(bool open)
{
    /* Not all windows of a house at once when the light comes back. */
    k_msleep((int32_t) (sys_rand32_get() % 400));
    return lwm2m_set_bool(&CONTACT_OPEN, open);
}
