package dev.outbox.embedded;

import dev.outbox.devservices.internal.DatabaseServer;
import dev.outbox.devservices.internal.SharedServers;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A new, empty database for one test, on the one PostgreSQL server that the tests of this JVM share.
 *
 * <p>Immutable; {@link #close()} drops the database and cuts the connections that it still has.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger CREATED = new AtomicInteger();

    private final DatabaseServer server;
    private final String name;

    private TestDatabase(DatabaseServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Creates a database; the first one of a JVM starts the server, which the system property {@code outbox.test.servers} chooses. */
    public static TestDatabase create() {
        DatabaseServer server = switch (ServerKind.chosen()) {
            case EMBEDDED -> SharedServers.postgres(0).server();
            case CONTAINERS -> SharedPostgresContainer.SERVER;
        };
        String name = "test_" + CREATED.incrementAndGet();
        server.createDatabase(name);
        return new TestDatabase(server, name);
    }

    /** A data source without a pool: every connection is a new session. */
    public DataSource dataSource() {
        return dataSource(name);
    }

    /** The same to another database of this server, by which this one can be renamed or closed to all others. */
    public DataSource fromOutside() {
        return dataSource("postgres");
    }

    private DataSource dataSource(String of) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.jdbcUrl(of));
        dataSource.setUser(user());
        dataSource.setPassword(password());
        return dataSource;
    }

    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    @Override
    public void close() {
        server.dropDatabase(name);
    }

    private static final class SharedPostgresContainer {

        static final DatabaseServer SERVER = Containers.startedPostgres();
    }
}
