package dev.outbox.schema;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The location of the outbox, relay and inbox tables. SQL statements in the code use unqualified names; code that runs a
 * statement gets the text to run from this class. Each text is qualified once and cached, so a statement costs no more than a
 * lookup. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OutboxTables {

    /** The tables that the {@code search_path} of each connection finds. */
    public static final OutboxTables ON_SEARCH_PATH = new OutboxTables(null, () -> null);

    private final @Nullable QualifiedSql fixed;
    private final OutboxSchemaResolver resolver;
    private final Map<String, QualifiedSql> resolved = new ConcurrentHashMap<>();

    private OutboxTables(@Nullable QualifiedSql fixed, OutboxSchemaResolver resolver) {
        this.fixed = fixed;
        this.resolver = resolver;
    }

    /**
     * {@return the tables of one schema, regardless of the search_path}
     *
     * @param schema its name as the database stores it: {@code Orders} and {@code orders} are different schemas
     * @throws InvalidSchemaNameException if this is not a valid schema name
     */
    public static OutboxTables in(String schema) {
        return new OutboxTables(new QualifiedSql(schema), () -> null);
    }

    /** {@return the tables of one schema, or those on the search_path if the name is null or blank} */
    public static OutboxTables of(@Nullable String schema) {
        return schema == null || schema.isBlank() ? ON_SEARCH_PATH : in(schema);
    }

    /** {@return the tables of the schema that the resolver names for each statement, or these tables if it names none} */
    public OutboxTables resolvedBy(OutboxSchemaResolver chosen) {
        return new OutboxTables(fixed, chosen);
    }

    /** {@return the fixed schema; empty if it is left to the search_path} */
    public Optional<String> schema() {
        return Optional.ofNullable(fixed).map(QualifiedSql::schema);
    }

    /**
     * {@return the statement with the schema added to each outbox and inbox table, sequence and function}
     *
     * @param sql a constant, or one of a few texts, because the result is cached
     * @throws InvalidSchemaNameException if the resolver returns a name that is not a valid schema name
     */
    public String qualify(String sql) {
        QualifiedSql qualified = current();
        return qualified == null ? sql : qualified.of(sql);
    }

    /** {@return a client that qualifies each statement} */
    public JdbcClient client(DataSource dataSource) {
        return qualifying(JdbcClient.create(dataSource));
    }

    /** {@return a client that qualifies each statement} */
    public JdbcClient client(JdbcOperations operations) {
        return qualifying(JdbcClient.create(operations));
    }

    private JdbcClient qualifying(JdbcClient client) {
        return this == ON_SEARCH_PATH ? client : sql -> client.sql(qualify(sql));
    }

    private @Nullable QualifiedSql current() {
        String chosen = resolver.schema();
        return chosen == null ? fixed : resolved.computeIfAbsent(chosen, QualifiedSql::new);
    }
}
