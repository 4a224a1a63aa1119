package dev.outbox.relay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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

    private static final String LOGIN_TIMEOUT = "loginTimeout";

    private final DataSource dataSource;
    private final DataSource patientDataSource;
    private final @Nullable HikariConfig connection;
    private final Runnable close;

    private RelayDatabase(
            DataSource dataSource, DataSource patientDataSource, @Nullable HikariConfig connection, Runnable close) {
        this.dataSource = dataSource;
        this.patientDataSource = patientDataSource;
        this.connection = connection;
        this.close = close;
    }

    /**
     * Makes a small pool beside the application's, so that neither side can starve the other. Whom it connects to, as whom
     * and how is as there; what the relay rests on is set. Credentials are asked for with each connection, if there is a
     * provider of them.
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
        // The pool would set it for the session, by a statement of its own.
        config.setTransactionIsolation(null);
        DataSource physical = physical(config, socketTimeout, null);
        if (physical != null) {
            config.setDataSource(new JdbcRelaySessions(physical));
        }
        HikariDataSource pool = new HikariDataSource();
        config.copyStateTo(pool);
        return new RelayDatabase(pool, new JdbcPatientDataSource(pool), copyOf(application), pool::close);
    }

    /** Uses the application's pool and leaves it to the application. */
    static RelayDatabase shared(DataSource dataSource) {
        return new RelayDatabase(dataSource, dataSource, null, () -> {});
    }

    /** {@return the relay's data source} */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * {@return what makes connections of the same kind outside the pool, each for one use; or nothing, where that is not
     * known}
     *
     * @param answerWithin how long the server may take to answer, also to a login
     */
    public Optional<DataSource> unpooled(Duration answerWithin) {
        return Optional.ofNullable(connection)
                .flatMap(config -> Optional.ofNullable(physical(config, answerWithin, answerWithin))
                        .map(physical -> new JdbcCurrentCredentials(physical, config)));
    }

    /** {@return the same for statements that last as long as there are rows: however long the server is silent} */
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

    /** {@return what makes the connections, if the pool does not make it itself out of the name of a class} */
    private static @Nullable DataSource physical(
            HikariConfig config, Duration socketTimeout, @Nullable Duration loginTimeout) {
        if (config.getDataSource() != null) {
            return config.getDataSource();
        }
        if (config.getJdbcUrl() == null) {
            config.addDataSourceProperty(SOCKET_TIMEOUT, Long.toString(socketTimeout.toSeconds()));
            return null;
        }
        Properties properties = new Properties();
        properties.setProperty(SOCKET_TIMEOUT, Long.toString(socketTimeout.toSeconds()));
        if (loginTimeout != null) {
            properties.setProperty(LOGIN_TIMEOUT, Long.toString(loginTimeout.toSeconds()));
        }
        properties.putAll(config.getDataSourceProperties());
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
