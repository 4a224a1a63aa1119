package dev.outbox.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the tables of outbox, relay and inbox are. Statements name them plainly; whoever runs a statement asks here for the
 * text to run. A text is changed once and kept, so a statement costs no more than looking it up. Thread-safe.
 */
public final class OutboxTables {

    /** Where the {@code search_path} of each connection finds them. */
    public static final OutboxTables ON_SEARCH_PATH = new OutboxTables(null, () -> null);

    private final @Nullable QualifiedSql fixed;
    private final OutboxSchemaResolver resolver;
    private final Map<String, QualifiedSql> resolved = new ConcurrentHashMap<>();

    private OutboxTables(@Nullable QualifiedSql fixed, OutboxSchemaResolver resolver) {
        this.fixed = fixed;
        this.resolver = resolver;
    }

    /**
     * {@return the tables of one schema, whatever the search_path is}
     *
     * @param schema its name as the database has it: {@code Orders} is another schema than {@code orders}
     * @throws InvalidSchemaNameException if no schema may be called that
     */
    public static OutboxTables in(String schema) {
        return new OutboxTables(new QualifiedSql(schema), () -> null);
    }

    /** {@return the tables of one schema, or those on the search_path if there is none} */
    public static OutboxTables of(@Nullable String schema) {
        return schema == null || schema.isBlank() ? ON_SEARCH_PATH : in(schema);
    }

    /** {@return the tables of the schema that the resolver names for each statement, or these ones where it names none} */
    public OutboxTables resolvedBy(OutboxSchemaResolver chosen) {
        return new OutboxTables(fixed, chosen);
    }

    /** {@return the schema, if it is always the same one and not left to the search_path} */
    public Optional<String> schema() {
        return Optional.ofNullable(fixed).map(QualifiedSql::schema);
    }

    /**
     * {@return the statement with the schema before each of our tables, sequences and functions}
     *
     * @param sql a constant, or one of a few texts: it is kept
     * @throws InvalidSchemaNameException if the resolver names what no schema may be called
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
