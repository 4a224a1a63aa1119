package dev.outbox.producer.internal.wakeup;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Connections outside a pool, to the same server, as the same user and with the same driver properties as those of the pool.
 */
final class JdbcUnpooledConnections {

    private static final boolean HIKARI_PRESENT =
            ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", JdbcUnpooledConnections.class.getClassLoader());

    private JdbcUnpooledConnections() {}

    /** {@return what opens them; the pool itself if it is not known how it opens its own} */
    static DataSource of(DataSource pool) {
        return HIKARI_PRESENT && !(pool instanceof AbstractRoutingDataSource) ? Hikari.of(pool) : pool;
    }

    /** A separate class, because Hikari may not be present. */
    private static final class Hikari {

        static DataSource of(DataSource dataSource) {
            @Nullable
            HikariDataSource pool =
                    DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class, HikariDataSource.class);
            if (pool == null) {
                return dataSource;
            }
            if (pool.getDataSource() != null) {
                return new WithCurrentCredentials(pool.getDataSource(), pool);
            }
            if (pool.getJdbcUrl() == null) {
                return pool;
            }
            return new WithCurrentCredentials(
                    new DriverDataSource(
                            pool.getJdbcUrl(),
                            pool.getDriverClassName(),
                            pool.getDataSourceProperties(),
                            pool.getUsername(),
                            pool.getPassword()),
                    pool);
        }
    }

    /** Like the pool, uses the credentials that are valid now, because they may be rotated. */
    private static final class WithCurrentCredentials extends DelegatingDataSource {

        private final HikariDataSource pool;

        WithCurrentCredentials(DataSource physical, HikariDataSource pool) {
            super(physical);
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            HikariCredentialsProvider provider = pool.getCredentialsProvider();
            Credentials credentials = provider == null ? pool.getCredentials() : provider.getCredentials();
            return credentials.getUsername() == null
                    ? super.getConnection()
                    : super.getConnection(credentials.getUsername(), credentials.getPassword());
        }
    }
}
