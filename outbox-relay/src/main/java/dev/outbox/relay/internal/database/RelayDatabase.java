package dev.outbox.relay.internal.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.util.DriverDataSource;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.OutboxSetupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Holds the data source that the relay uses. It is not a data source itself, so that the application's own stays the only
 * one for the application.
 */
public final class RelayDatabase implements AutoCloseable {

    private static final String POOL_NAME = "outbox-relay";

    /** One for its thread, one to read ahead. */
    private static final int PER_LANE = 2;

    /** One for the relay's own thread, one for start-up and other callers. */
    private static final int BESIDE_LANES = 2;

    /** No longer than a lease lives: a relay that waits for a connection must notice that it has lost its lane. */
    private static final long CONNECTION_TIMEOUT_MILLIS = 3_000;

    /** Less than the connection timeout, or one connection that does not answer would use up all of it. */
    private static final long VALIDATION_TIMEOUT_MILLIS = 1_000;

    private static final String READ_COMMITTED = "TRANSACTION_READ_COMMITTED";

    private final DataSource dataSource;
    private final DataSource patientDataSource;
    private final @Nullable HikariConfig connection;
    private final Runnable close;
    private @Nullable DatabaseProduct product;

    private RelayDatabase(
            DataSource dataSource, DataSource patientDataSource, @Nullable HikariConfig connection, Runnable close) {
        this.dataSource = dataSource;
        this.patientDataSource = patientDataSource;
        this.connection = connection;
        this.close = close;
    }

    /**
     * Creates a small pool next to the application's, so that neither side can starve the other. It connects to the same
     * server, as the same user and in the same way; settings that the relay relies on are set. If there is a credentials
     * provider, it is asked for each connection.
     */
    static RelayDatabase ownPool(HikariConfig application, int lanes, Duration socketTimeout) {
        HikariConfig config = copyOf(application);
        config.setPoolName(POOL_NAME);
        config.setMaximumPoolSize(lanes * PER_LANE + BESIDE_LANES);
        config.setMinimumIdle(config.getMaximumPoolSize());
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setValidationTimeout(VALIDATION_TIMEOUT_MILLIS);
        config.setAutoCommit(true);
        config.setReadOnly(false);
        config.setRegisterMbeans(false);
        // The pool sets it for the session, with a statement of its own; on PostgreSQL, the relay sets it with all
        // else.
        config.setTransactionIsolation(DriverTimeouts.of(config).isOfPostgres() ? null : READ_COMMITTED);
        DataSource physical = physical(config, socketTimeout, null);
        if (physical != null) {
            config.setDataSource(new JdbcRelaySessions(physical));
        }
        HikariDataSource pool = new HikariDataSource();
        config.copyStateTo(pool);
        return new RelayDatabase(pool, new JdbcPatientDataSource(pool), copyOf(application), pool::close);
    }

    /** Uses the application's pool and leaves its management to the application. */
    static RelayDatabase shared(DataSource dataSource) {
        return new RelayDatabase(dataSource, dataSource, null, () -> {});
    }

    /** Measures the pool, unless it is measured as the application's pool is, or is that pool. */
    public void measure(MetricsTrackerFactory tracker) {
        if (connection != null
                && dataSource instanceof HikariDataSource pool
                && pool.getMetricsTrackerFactory() == null
                && pool.getMetricRegistry() == null) {
            pool.setMetricsTrackerFactory(tracker);
        }
    }

    /**
     * {@return the database behind it} It is asked for once.
     *
     * @throws OutboxSetupException if the outbox does not work on it, or it cannot be reached
     */
    public synchronized DatabaseProduct product() {
        DatabaseProduct known = product;
        if (known == null) {
            known = DatabaseProduct.of(dataSource);
            product = known;
        }
        return known;
    }

    /** {@return the relay's data source} */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * {@return a source of connections of the same kind outside the pool, each for one use; or nothing, if that is not
     * known}
     *
     * @param answerWithin how long the server may take to answer, also to a login
     */
    public Optional<DataSource> unpooled(Duration answerWithin) {
        return Optional.ofNullable(connection)
                .flatMap(config -> Optional.ofNullable(physical(config, answerWithin, answerWithin))
                        .map(physical -> new JdbcCurrentCredentials(physical, config)));
    }

    /**
     * {@return the same, with further properties for the driver; nothing if the driver's properties are not the relay's to
     * set}
     */
    public Optional<DataSource> unpooled(Duration answerWithin, Map<String, String> properties) {
        return Optional.ofNullable(connection)
                .filter(config -> config.getDataSource() == null && config.getJdbcUrl() != null)
                .map(config ->
                        new JdbcCurrentCredentials(driver(config, answerWithin, answerWithin, properties), config));
    }

    /** Ends such a connection without waiting for a thread that uses it, as {@code close} would. */
    public static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // The connection is unusable anyway, which is the goal here.
        }
    }

    /** {@return the same for statements that last as long as there are rows, however long the server is silent} */
    DataSource patientDataSource() {
        return patientDataSource;
    }

    boolean isShared() {
        return connection == null;
    }

    @Override
    public void close() {
        close.run();
    }

    /** {@return what creates the connections, unless the pool creates it from the name of a class} */
    private static @Nullable DataSource physical(
            HikariConfig config, Duration socketTimeout, @Nullable Duration loginTimeout) {
        if (config.getDataSource() != null) {
            return config.getDataSource();
        }
        if (config.getJdbcUrl() == null) {
            DriverTimeouts.of(config).answerWithin(socketTimeout).forEach(config::addDataSourceProperty);
            return null;
        }
        return driver(config, socketTimeout, loginTimeout, Map.of());
    }

    private static DataSource driver(
            HikariConfig config, Duration socketTimeout, @Nullable Duration loginTimeout, Map<String, String> further) {
        Properties properties = new Properties();
        DriverTimeouts timeouts = DriverTimeouts.of(config);
        properties.putAll(timeouts.answerWithin(socketTimeout));
        if (loginTimeout != null) {
            properties.putAll(timeouts.loginWithin(loginTimeout));
        }
        properties.putAll(config.getDataSourceProperties());
        properties.putAll(further);
        return new DriverDataSource(
                config.getJdbcUrl(),
                config.getDriverClassName(),
                properties,
                config.getUsername(),
                config.getPassword());
    }

    private static HikariConfig copyOf(HikariConfig original) {
        HikariConfig copy = new HikariConfig();
        original.copyStateTo(copy);
        Properties properties = new Properties();
        properties.putAll(original.getDataSourceProperties());
        copy.setDataSourceProperties(properties);
        return copy;
    }
}
