package dev.outbox.embedded;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A new, empty database for one test, on a server that the tests of this JVM share.
 *
 * <p>Immutable; {@link #close()} drops the database and cuts the connections that it still has.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger CREATED = new AtomicInteger();

    private final DatabaseKind server;
    private final String name;

    private TestDatabase(DatabaseKind server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Creates a database on PostgreSQL. */
    public static TestDatabase create() {
        return create(DatabaseKind.POSTGRESQL);
    }

    /** Creates a database; the first one of a JVM starts the server, which the system property {@code outbox.test.servers} chooses. */
    public static TestDatabase create(DatabaseKind kind) {
        String name = nextName();
        kind.createDatabase(name);
        return new TestDatabase(kind, name);
    }

    /** Creates a database on PostgreSQL with what is in another one of it, to which nobody may be connected. */
    static TestDatabase copyOf(TestDatabase template) {
        String name = nextName();
        DatabaseKind.copyDatabase(name, template.name);
        return new TestDatabase(DatabaseKind.POSTGRESQL, name);
    }

    private static String nextName() {
        return "test_" + CREATED.incrementAndGet();
    }

    /** A data source without a pool: every connection is a new session. */
    public DataSource dataSource() {
        return server.dataSource(name);
    }

    /** The same to another database of this server, by which this one can be renamed or closed to all others. */
    public DataSource fromOutside() {
        return server.dataSource(server.otherDatabase());
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

    /** Tells a Spring application where it is. The database stays until the server ends. */
    public void connect(BiConsumer<String, Supplier<Object>> properties) {
        properties.accept("spring.datasource.url", this::jdbcUrl);
        properties.accept("spring.datasource.username", this::user);
        properties.accept("spring.datasource.password", this::password);
    }

    @Override
    public void close() {
        server.dropDatabase(name);
    }
}
