package dev.outbox.relay.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the relay's own connections.
 *
 * @param url where the relay finds the server, if not by the DataSource of the service: past a pooler that shares sessions
 *     between transactions, for instance. All else is as there, except what follows
 * @param username as whom it connects, if not as the service
 * @param password with which password
 * @param socketTimeout how long the server may be silent while a statement of the relay's runs, until its connection is
 *     given up for a new one; in whole seconds, 0 for ever. A socketTimeout in the URL comes first. Migrations and a
 *     rebase are waited for
 */
@ConfigurationProperties("outbox.relay.database")
public record DatabaseProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("1m") Duration socketTimeout) {

    /**
     * @throws IllegalArgumentException if the timeout is negative or a part of a second
     */
    public DatabaseProperties {
        if (socketTimeout.isNegative() || socketTimeout.toMillis() % 1000 != 0) {
            throw new IllegalArgumentException(
                    "outbox.relay.database.socket-timeout is " + socketTimeout + "; it has to be whole seconds, or 0");
        }
    }
}
