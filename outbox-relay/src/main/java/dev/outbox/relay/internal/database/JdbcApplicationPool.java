package dev.outbox.relay.internal.database;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The pool of the application. The relay's connections use its settings. */
final class JdbcApplicationPool {

    private JdbcApplicationPool() {}

    /** {@return the pool, or null if it is of another kind, or not known before it is asked for a connection} */
    static @Nullable HikariDataSource of(DataSource dataSource) {
        return dataSource instanceof AbstractRoutingDataSource
                ? null
                : DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
    }
}
