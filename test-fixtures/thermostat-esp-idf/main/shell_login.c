/*
 * Halden H2 - log-in of the service console.
 */
#include <string.h>
#include <unistd.h>

#include "crypt.h"
#include "shell_login.h"

/* user, hash: the same form as in the tool of the H1 */
static const char *const accounts[][2] = {
    { "guest", "!" },
    { "kundendienst", "$5$k7Lw2QpR$Zc1xV8mNb4TqYs0WfHd6JgEa3UoLiKr5PvXyC9tB2nD" },
};

bool shell_login(const char *user, const char *password)
{
    for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++) {
        const char *const kept = accounts[i][1];

        if (strcmp(accounts[i][0], user) == 0 && kept[0] == '$') {
            const char *given = crypt(password, kept);

            return given && strcmp(given, kept) == 0;
        }
    }
    return false;
}
