package dev.outbox.relay.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Holds the data source that the relay uses. Not a data source itself: for the application, its own stays the only one.
 */
public final class RelayDatabase implements AutoCloseable {

    private static final String POOL_NAME = "outbox-relay";

    /** One for its thread, one to read ahead. */
    private static final int PER_LANE = 2;

    /** One for the relay's own thread, one for start-up and whoever looks. */
    private static final int BESIDE_LANES = 2;

    /** No longer than a lease lives: a relay that waits for a connection must notice that it has lost its lane. */
    private static final long CONNECTION_TIMEOUT_MILLIS = 3_000;

    /** Less than that, or one connection that does not answer would use all of it up. */
    private static final long VALIDATION_TIMEOUT_MILLIS = 1_000;

    /** The driver's. Without it, a statement whose answer was lost on the way is waited for until the process ends. */
    private static final String SOCKET_TIMEOUT = "socketTimeout";

    /**
     * The relay's statements are few, always the same, and made for the indexes. A plan that is made while a partition is
     * empty would scan it, and be kept while it fills.
     */
    private static final String SESSION = """
            set plan_cache_mode = force_generic_plan; set enable_seqscan = off
            """;

    private final DataSource dataSource;
    private final DataSource patientDataSource;
    private final Runnable close;

    private RelayDatabase(DataSource dataSource, DataSource patientDataSource, Runnable close) {
        this.dataSource = dataSource;
        this.patientDataSource = patientDataSource;
        this.close = close;
    }

    /** Completes the connection settings to a small pool, so that neither side can starve the other. */
    static RelayDatabase ownPool(HikariDataSource pool, int lanes, Duration socketTimeout) {
        pool.setPoolName(POOL_NAME);
        pool.setMaximumPoolSize(lanes * PER_LANE + BESIDE_LANES);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        pool.addDataSourceProperty(SOCKET_TIMEOUT, Long.toString(socketTimeout.toSeconds()));
        pool.setConnectionInitSql(SESSION);
        // Whatever the services have: who waits for a lease looks again afterwards, instead of failing.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new RelayDatabase(pool, new JdbcPatientDataSource(pool), pool::close);
    }

    /** Uses the application's pool and leaves it to the application. */
    static RelayDatabase shared(DataSource dataSource) {
        return new RelayDatabase(dataSource, dataSource, () -> {});
    }

    /** {@return the relay's data source} */
    public DataSource dataSource() {
        return dataSource;
    }

    /** {@return the same for statements that last as long as there are rows: however long the server is silent} */
    DataSource patientDataSource() {
        return patientDataSource;
    }

    @Override
    public void close() {
        close.run();
    }
}
