package dev.outbox.relay.internal.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the relay's own connections.
 *
 * @param url where the relay finds the server, if not through the service's DataSource: for example, to bypass a pooler
 *     that shares sessions between transactions. Everything else is as for that DataSource, except what follows
 * @param username user to connect as, if not the service's
 * @param password the password of that user
 * @param socketTimeout how long the server may be silent while a statement of the relay runs before the relay replaces the
 *     connection; in whole seconds, 0 for no limit. A socketTimeout in the URL takes precedence. Does not apply to
 *     migrations and a rebase
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
