/*
 * Halden H2 - wolfSSL, which only the link to the smart meter uses.
 *
 * The meters of two utilities end their handshake at TLS 1.1, so it stays in until they are exchanged.
 */
#pragma once

#define HAVE_TLS_EXTENSIONS
#define HAVE_SNI
#define HAVE_ECC
#define HAVE_AESGCM
#define NO_OLD_SSL_NAMES
#define WOLFSSL_ALLOW_TLSV10
#define SINGLE_THREADED
#define NO_FILESYSTEM
