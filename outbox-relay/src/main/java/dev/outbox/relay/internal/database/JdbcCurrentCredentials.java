package dev.outbox.relay.internal.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connects as a pool does: with the credentials that are valid now, because they may be rotated. */
final class JdbcCurrentCredentials extends DelegatingDataSource {

    private final HikariConfig pool;

    JdbcCurrentCredentials(DataSource physical, HikariConfig pool) {
        super(physical);
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Credentials credentials = of(pool);
        return credentials.getUsername() == null
                ? super.getConnection()
                : super.getConnection(credentials.getUsername(), credentials.getPassword());
    }

    /** {@return the credentials that the pool would connect with now} */
    static Credentials of(HikariConfig pool) {
        HikariCredentialsProvider provider = pool.getCredentialsProvider();
        return provider == null ? pool.getCredentials() : provider.getCredentials();
    }
}
