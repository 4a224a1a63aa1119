package dev.outbox.notify;

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

/** Connections as those of a pool, to the same server, as the same user and by the same driver properties, outside it. */
final class JdbcUnpooledConnections {

    private static final boolean HIKARI_PRESENT =
            ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", JdbcUnpooledConnections.class.getClassLoader());

    private JdbcUnpooledConnections() {}

    /** {@return what makes them; the pool itself, where it is not known how it makes its own} */
    static DataSource of(DataSource pool) {
        return HIKARI_PRESENT && !(pool instanceof AbstractRoutingDataSource) ? Hikari.of(pool) : pool;
    }

    /** Apart, as Hikari may not be there. */
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

    /** As the pool does: with the credentials that are valid now, as they may be rotated. */
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
