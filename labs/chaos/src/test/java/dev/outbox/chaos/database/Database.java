package dev.outbox.chaos.database;

import dev.outbox.embedded.DatabaseKind;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A server that ends with this JVM, with a database for each run. A run can be disturbed on any of them by what stands here; what
 * only one of them can suffer stands with that one.
 */
public interface Database {

    /** {@return which of our databases it is} */
    DatabaseKind kind();

    void createDatabase(String name);

    void dropDatabase(String name);

    /**
     * {@return the URL of a database}
     *
     * @param application what the client is called by the server
     */
    String jdbcUrl(String database, String application);

    String user();

    String password();

    /** {@return names of the standbys that must have an event before it is published} */
    Set<String> standbys();

    /** Shuts the server down in order, which cuts all connections, and starts it again. */
    void restart();

    /** Ends the server at once, as in a crash, and starts it again. */
    void crash();

    /** Ends all sessions of all relays of a run, and returns how many there were. */
    long cutRelays(String database);

    /** {@return a data source without a pool: every connection is a new session} */
    default DataSource dataSource(String database, String application) {
        return new DriverManagerDataSource(jdbcUrl(database, application), user(), password());
    }
}
