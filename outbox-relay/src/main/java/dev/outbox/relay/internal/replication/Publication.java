package dev.outbox.relay.internal.replication;

import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The publication: what of the write-ahead log is sent. Only rows that are inserted into the outbox. Thread-safe. */
public interface Publication {

    /** {@return its name} */
    String name();

    /** {@return whether it is there, and sends what is inserted into the outbox} */
    boolean exists();

    /**
     * Creates it.
     *
     * @throws org.springframework.dao.DataAccessException if the user may not do that, or there is another one of this name
     */
    void create();

    /** {@return the statement that creates it} */
    String script();

    /** {@return the name that was configured, or the one that follows from the schema of the tables} */
    static String nameOf(@Nullable String given, OutboxTables tables) {
        return given == null
                ? "outbox" + tables.schema().map(schema -> "_" + schema).orElse("")
                : given;
    }

    /** {@return the publication of this name} */
    static Publication postgres(DataSource dataSource, OutboxTables tables, String name) {
        return new JdbcPublication(dataSource, tables, name);
    }
}
