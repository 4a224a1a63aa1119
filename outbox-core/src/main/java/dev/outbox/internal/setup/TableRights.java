package dev.outbox.internal.setup;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do if a database user may not create the tables, or may not write to them. */
public final class TableRights {

    /** PostgreSQL's insufficient_privilege. */
    private static final String DENIED = "42501";

    private static final String BY_HAND =
            "have the DDL in docs/schema/postgresql.sql applied to this database and schema by a"
                    + " user who may, set outbox.schema.migrate=false, and grant the user of the service: usage on the schema; insert"
                    + " on outbox_event; select, insert and update on outbox_key; usage on sequence outbox_event_seq; and, if it"
                    + " consumes, select, insert, update and delete on outbox_shedlock and all tables inbox_*.";

    private TableRights() {}

    /** {@return the exception for a user who may not create the tables; null if something else has failed} */
    public static @Nullable OutboxSetupException refusal(RuntimeException migration) {
        for (Throwable cause = migration; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DENIED.equals(sql.getSQLState())) {
                return new OutboxSetupException(
                        "The tables of the outbox cannot be created: %s".formatted(sql.getMessage()),
                        "Grant the user of the DataSource create on the schema; or " + BY_HAND,
                        migration);
            }
        }
        return null;
    }

    /**
     * {@return the exception for a database in which tables are missing}
     *
     * @param names names of the missing tables
     */
    public static OutboxSetupException absent(List<String> names) {
        return new OutboxSetupException(
                "The tables of the outbox cannot be used: they are missing, or not on the search_path: %s"
                        .formatted(String.join(", ", names)),
                "Set outbox.schema.migrate=true, which creates them at start; or " + BY_HAND
                        + " If they are elsewhere, check spring.datasource.url and outbox.schema.name.");
    }

    /**
     * {@return the exception for a user who may not write to the tables}
     *
     * @param grants the statements that grant the missing rights
     */
    public static OutboxSetupException denied(List<String> grants) {
        return new OutboxSetupException(
                "The tables of the outbox cannot be used: permission denied",
                run(grants) + " A relay with its own user names the rights which that user needs when it starts.");
    }

    /** {@return the advice to run these statements as the owner of the tables} */
    public static String run(List<String> grants) {
        return "Run as the owner of the tables: %s.".formatted(String.join("; ", grants));
    }
}
