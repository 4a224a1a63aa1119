package dev.outbox.relay.internal.database;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a driver is told how long it may wait. Without a limit, a statement whose answer was lost on the network waits until the
 * process ends.
 */
enum DriverTimeouts {

    /** In seconds. */
    POSTGRESQL {
        @Override
        Map<String, String> answerWithin(Duration timeout) {
            return Map.of("socketTimeout", Long.toString(timeout.toSeconds()));
        }

        @Override
        Map<String, String> loginWithin(Duration timeout) {
            return Map.of("loginTimeout", Long.toString(timeout.toSeconds()));
        }
    },

    /** In milliseconds; MySQL's driver has the same names. */
    MARIADB {
        @Override
        Map<String, String> answerWithin(Duration timeout) {
            return Map.of("socketTimeout", Long.toString(timeout.toMillis()));
        }

        @Override
        Map<String, String> loginWithin(Duration timeout) {
            return Map.of("connectTimeout", Long.toString(timeout.toMillis()));
        }
    },

    /** A driver that accepts no such setting, such as that of H2, whose server is in this process. */
    NONE {
        @Override
        Map<String, String> answerWithin(Duration timeout) {
            return Map.of();
        }

        @Override
        Map<String, String> loginWithin(Duration timeout) {
            return Map.of();
        }
    };

    abstract Map<String, String> answerWithin(Duration timeout);

    abstract Map<String, String> loginWithin(Duration timeout);

    boolean isOfPostgres() {
        return this == POSTGRESQL;
    }

    /** {@return those of the driver that a pool uses; unknown drivers are taken for one of PostgreSQL} */
    static DriverTimeouts of(HikariConfig pool) {
        return of(pool.getJdbcUrl() == null ? pool.getDataSourceClassName() : pool.getJdbcUrl());
    }

    private static DriverTimeouts of(@Nullable String urlOrClass) {
        if (urlOrClass == null) {
            return POSTGRESQL;
        }
        if (urlOrClass.startsWith("jdbc:h2:") || urlOrClass.startsWith("org.h2.")) {
            return NONE;
        }
        return urlOrClass.contains("mariadb") || urlOrClass.contains("mysql") ? MARIADB : POSTGRESQL;
    }
}
