/*
 * Halden H2 - prices from the smart meter.
 *
 * The meter's gateway sends what a kilowatt hour costs right now. It speaks
 * TLS as it was ten years ago, so this link runs on wolfSSL.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "esp_check.h"
#include "esp_log.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "wolfssl/ssl.h"

#include "config.h"
#include "smart_meter.h"
#include "storage.h"

#define METER_PORT      "4059"
#define READER_PORT     4196
#define CA_MAX          1600

static const char *TAG = "meter";

/* Where months that are over are kept, for the yearly chart. */
static const char archive[] = "https://h2-units:Kilowatt.Archiv.09@archive.halden.example/prices";

/* Who tells tomorrow's prices, by utility. */
static const struct tariff_service {
    const char *host;
    const char *api_key;
    uint16_t port;
} services[] = {
    { .host = "tariff.nordstrom.example", .api_key = "q7ZtV2mKc9RbX4nLw8YpD3sHf6GjA1eT", .port = 443 },
    { .host = "prices.talwerke.example", .api_key = "0b6c41f7a9d24e5883c1de70f2b5964a", .port = 443 },
};

static int dial(const char *host)
{
    const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    int fd = -1;

    if (getaddrinfo(host, METER_PORT, &hints, &found) != 0) {
        return -1;
    }
    for (const struct addrinfo *each = found; each && fd < 0; each = each->ai_next) {
        fd = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
        if (fd >= 0 && connect(fd, each->ai_addr, each->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    return fd;
}

/* The utility's own authority, put into the unit at set-up. */
static int trust_utility(WOLFSSL_CTX *ctx)
{
    static unsigned char pem[CA_MAX];
    size_t n = sizeof(pem);

    if (storage_get_blob("sec", "meter_ca", pem, &n) != ESP_OK) {
        return WOLFSSL_FAILURE;
    }
    wolfSSL_CTX_set_verify(ctx, WOLFSSL_VERIFY_PEER, NULL);
    return wolfSSL_CTX_load_verify_buffer(ctx, pem, (long) n, WOLFSSL_FILETYPE_PEM);
}

esp_err_t smart_meter_price(const char *host, char *price, size_t size)
{
    static const char ask[] = "PRICE NOW\r\n";
    WOLFSSL_CTX *ctx = wolfSSL_CTX_new(wolfSSLv23_client_method());
    WOLFSSL *link = NULL;
    esp_err_t err = ESP_FAIL;
    int fd = -1;

    if (!ctx || trust_utility(ctx) != WOLFSSL_SUCCESS) {
        goto out;
    }
    link = wolfSSL_new(ctx);
    fd = dial(host);
    if (!link || fd < 0 || wolfSSL_set_fd(link, fd) != WOLFSSL_SUCCESS) {
        goto out;
    }
    /* One address serves many meters. */
    if (wolfSSL_UseSNI(link, WOLFSSL_SNI_HOST_NAME, host, (unsigned short) strlen(host)) != WOLFSSL_SUCCESS ||
        wolfSSL_connect(link) != WOLFSSL_SUCCESS) {
        goto out;
    }
    if (wolfSSL_write(link, ask, sizeof(ask) - 1) == (int) sizeof(ask) - 1) {
        const int n = wolfSSL_read(link, price, (int) size - 1);

        if (n > 0) {
            price[n] = '\0';
            err = ESP_OK;
        }
    }
out:
    wolfSSL_free(link);
    wolfSSL_CTX_free(ctx);
    if (fd >= 0) {
        close(fd);
    }
    return err;
}

/* The optical reader shows full values only after it was given the customer's PIN. */
esp_err_t smart_meter_unlock(const char *reader)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(READER_PORT) };
    char pin[9];
    char frame[24];
    int fd, n;

    ESP_RETURN_ON_ERROR(storage_get_str("cfg", "meter_pin", pin, sizeof(pin)), TAG, "no pin");
    ESP_RETURN_ON_FALSE(inet_pton(AF_INET, reader, &to.sin_addr) == 1, ESP_ERR_INVALID_ARG, TAG, "reader");
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    ESP_RETURN_ON_FALSE(fd >= 0, ESP_FAIL, TAG, "socket");
    n = snprintf(frame, sizeof(frame), "UNLOCK %s\n", pin);
    n = (int) sendto(fd, frame, (size_t) n, 0, (const struct sockaddr *) &to, sizeof(to));
    close(fd);
    return n > 0 ? ESP_OK : ESP_FAIL;
}

const char *smart_meter_archive(void)
{
    return archive;
}

const char *smart_meter_tariff_key(size_t utility)
{
    return utility < ARRAY_LEN(services) ? services[utility].api_key : NULL;
}
