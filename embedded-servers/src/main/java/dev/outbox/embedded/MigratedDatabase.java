package dev.outbox.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.InitializingBean;

/**
 * A new database with tables, for tests without Spring; dropped at the end.
 *
 * <pre>{@code
 * @RegisterExtension
 * final MigratedDatabase tables = MigratedDatabase.by(OutboxSchema.class);
 * }</pre>
 *
 * <p>In an instance field, each test has a database of its own. In a static field, the tests of the class share one, and
 * {@link #emptied} says what is emptied before each of them. The database and its tables are there from the start, so the fields
 * below can use them.
 */
public final class MigratedDatabase
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** What is copied, on PostgreSQL, by the class whose tables it has; as long as the server lives. */
    private static final Map<Class<?>, TestDatabase> TEMPLATES = new HashMap<>();

    private final TestDatabase database;
    private final String[] emptied;
    private boolean shared;

    private MigratedDatabase(TestDatabase database, String... emptied) {
        this.database = database;
        this.emptied = emptied;
    }

    /**
     * Creates a database on PostgreSQL with the tables of such a bean, which takes the database and makes them when it is
     * initialised. It does so once in this JVM; each test has a copy, because making them takes longer than many a test.
     */
    public static MigratedDatabase by(Class<? extends InitializingBean> schema) {
        return on(DatabaseKind.POSTGRESQL, schema);
    }

    /** The same on any of our databases; where one cannot be copied, each gets its tables from a bean of its own. */
    public static MigratedDatabase on(DatabaseKind kind, Class<? extends InitializingBean> schema) {
        return new MigratedDatabase(
                kind == DatabaseKind.POSTGRESQL
                        ? TestDatabase.copyOf(templateOf(schema))
                        : withTables(kind, database -> bean(schema, database)));
    }

    /** Creates a database on PostgreSQL, and its tables by a bean that makes them when it is initialised. */
    public static MigratedDatabase by(Function<DataSource, ? extends InitializingBean> schema) {
        return on(DatabaseKind.POSTGRESQL, schema);
    }

    /** The same on any of our databases. */
    public static MigratedDatabase on(DatabaseKind kind, Function<DataSource, ? extends InitializingBean> schema) {
        return new MigratedDatabase(withTables(kind, schema));
    }

    private static synchronized TestDatabase templateOf(Class<? extends InitializingBean> schema) {
        return TEMPLATES.computeIfAbsent(
                schema, made -> withTables(DatabaseKind.POSTGRESQL, database -> bean(schema, database)));
    }

    private static InitializingBean bean(Class<? extends InitializingBean> schema, DataSource database) {
        try {
            return BeanUtils.instantiateClass(schema.getConstructor(DataSource.class), database);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(schema + " has no public constructor that takes a DataSource", e);
        }
    }

    private static TestDatabase withTables(DatabaseKind kind, Function<DataSource, ? extends InitializingBean> schema) {
        TestDatabase database = TestDatabase.create(kind);
        try {
            schema.apply(database.dataSource()).afterPropertiesSet();
        } catch (Exception e) {
            database.close();
            throw new IllegalStateException("The tables of a test cannot be made", e);
        }
        return database;
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
