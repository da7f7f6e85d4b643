/*
 * Halden H2 - log-in of the service console.
 */
#pragma once

#include <stdbool.h>

bool shell_login(const char *user, const char *password);
