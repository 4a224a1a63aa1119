package dev.outbox.devservices;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the PostgreSQL and the Kafka broker that come with {@code outbox-devservices}.
 *
 * @param enabled whether these servers are started at all; either one is started only if the application names no server of
 *     its own
 */
@ConfigurationProperties("outbox.devservices")
record DevServicesProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Postgres postgres,
        @DefaultValue Kafka kafka) {

    /**
     * The database server.
     *
     * @param database name of a database that is kept as long as the JVM lives, for example over restarts of Spring Boot's
     *     DevTools, and that all contexts with this name share; by default each context has a new one, dropped when it closes
     * @param port where the server listens; 0 finds a free port
     */
    public record Postgres(
            @Nullable String database, @DefaultValue("0") int port) {

        private static final int LONGEST_NAME = 63;

        /**
         * @throws IllegalArgumentException if that is no port, or the name has other characters than letters, digits, _ and -,
         *     or more than PostgreSQL keeps
         */
        public Postgres {
            requirePort("postgres", port);
            if (database != null && !database.matches("[\\w-]{1," + LONGEST_NAME + "}")) {
                throw new IllegalArgumentException(
                        "outbox.devservices.postgres.database is '%s', but may have only letters, digits, _ and -, at most %d"
                                .formatted(database, LONGEST_NAME));
            }
        }
    }

    /**
     * The broker.
     *
     * @param port where the broker listens; 0 finds a free port
     */
    public record Kafka(@DefaultValue("0") int port) {

        /**
         * @throws IllegalArgumentException if that is no port
         */
        public Kafka {
            requirePort("kafka", port);
        }
    }

    private static void requirePort(String server, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("outbox.devservices.%s.port is not a port: %d".formatted(server, port));
        }
    }
}
