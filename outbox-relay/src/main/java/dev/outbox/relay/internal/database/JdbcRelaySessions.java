package dev.outbox.relay.internal.database;

import dev.outbox.internal.setup.DatabaseProduct;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Creates the connections of the relay's pool, and prepares their sessions if these belong to the relay alone. A pooler
 * between the relay and the server may lend a session to others after each transaction, and session settings would affect
 * them, so nothing is set there.
 */
final class JdbcRelaySessions extends DelegatingDataSource {

    private static final Logger log = LoggerFactory.getLogger(JdbcRelaySessions.class);

    /**
     * The relay's statements are few, always the same, and written for the indexes. A plan that is made while a partition is
     * empty would scan it, and would be kept while it fills. Whatever isolation level the services use, a statement that
     * waits for a lease must look again afterwards instead of failing.
     */
    private static final String PREPARE = """
            set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
            set default_transaction_isolation = 'read committed'
            """;

    private static final String SERVER_PROCESS = """
            select pg_backend_pid()
            """;

    private final AtomicBoolean poolerReported = new AtomicBoolean();

    JdbcRelaySessions(DataSource physical) {
        super(physical);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return prepared(super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return prepared(super.getConnection(username, password));
    }

    private Connection prepared(Connection connection) throws SQLException {
        if (DatabaseProduct.find(connection).orElse(null) != DatabaseProduct.POSTGRESQL) {
            return connection;
        }
        try (Statement statement = connection.createStatement()) {
            if (isOfTheServer(connection, statement)) {
                statement.execute(PREPARE);
            } else if (poolerReported.compareAndSet(false, true)) {
                log.warn(
                        "The relay is connected through a pooler. It prepares no sessions there, which may cost time, and"
                                + " hears no notifications if the pooler shares sessions between transactions. Set"
                                + " outbox.relay.database.url to the server itself.");
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A pooler gives its clients a process id of its own. */
    private static boolean isOfTheServer(Connection connection, Statement statement) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return false;
        }
        try (ResultSet row = statement.executeQuery(SERVER_PROCESS)) {
            return row.next()
                    && row.getInt(1) == connection.unwrap(PGConnection.class).getBackendPID();
        }
    }
}
