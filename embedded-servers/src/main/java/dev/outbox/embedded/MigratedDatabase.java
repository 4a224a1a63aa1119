package dev.outbox.embedded;

import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.factory.InitializingBean;

/**
 * A new database with tables, for tests without Spring; dropped at the end.
 *
 * <pre>{@code
 * @RegisterExtension
 * final MigratedDatabase tables = MigratedDatabase.by(OutboxSchema::new);
 * }</pre>
 *
 * <p>In an instance field, each test has a database of its own. In a static field, the tests of the class share one, and
 * {@link #emptied} says what is emptied before each of them. The database and its tables are there from the start, so the fields
 * below can use them.
 */
public final class MigratedDatabase
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final TestDatabase database;
    private final String[] emptied;
    private boolean shared;

    private MigratedDatabase(TestDatabase database, String... emptied) {
        this.database = database;
        this.emptied = emptied;
    }

    /** Creates a database on PostgreSQL, and its tables by a bean that makes them when it is initialised. */
    public static MigratedDatabase by(Function<DataSource, ? extends InitializingBean> schema) {
        return on(DatabaseKind.POSTGRESQL, schema);
    }

    /** The same on any of our databases. */
    public static MigratedDatabase on(DatabaseKind kind, Function<DataSource, ? extends InitializingBean> schema) {
        TestDatabase database = TestDatabase.create(kind);
        try {
            schema.apply(database.dataSource()).afterPropertiesSet();
        } catch (Exception e) {
            database.close();
            throw new IllegalStateException("The tables of a test cannot be made", e);
        }
        return new MigratedDatabase(database);
    }

    /** The same database, in which these tables are emptied before each test. */
    public MigratedDatabase emptied(String... tables) {
        return new MigratedDatabase(database, tables);
    }

    /** The database itself, for what takes one. */
    public TestDatabase get() {
        return database;
    }

    /** A data source without a pool: every connection is a new session. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    public String user() {
        return database.user();
    }

    public String password() {
        return database.password();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        if (emptied.length > 0) {
            try (var connection = dataSource().getConnection();
                    var statement = connection.createStatement()) {
                for (String table : emptied) {
                    statement.execute("truncate table " + table);
                }
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            database.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database.close();
    }
}
