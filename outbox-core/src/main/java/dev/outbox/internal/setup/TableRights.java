package dev.outbox.internal.setup;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do if a database user may not create the tables, or may not write to them. */
public final class TableRights {

    /** PostgreSQL's insufficient_privilege. */
    private static final String DENIED = "42501";

    /** Of MariaDB and MySQL: on a database, on a table, and in general. */
    private static final Set<Integer> DENIED_BY_MARIADB = Set.of(1044, 1142, 1227);

    private static final String BY_HAND =
            "have the DDL in docs/schema/postgresql.sql applied to this database and schema by a"
                    + " user who may, set outbox.schema.migrate=false, and grant the user of the service: usage on the schema; insert"
                    + " on outbox_event; select, insert and update on outbox_key; usage on sequence outbox_event_seq; if it"
                    + " consumes, select, insert, update and delete on outbox_shedlock and all tables inbox_*; and for an event"
                    + " store, whose DDL is in docs/schema/postgresql-eventstore.sql, what is named once its tables are there.";

    private static final String BY_HAND_ON_MARIADB =
            "have the DDL in docs/schema/mariadb.sql applied to this database by a user who may, set"
                    + " outbox.schema.migrate=false, and grant the user of the service: insert on outbox_event; select, insert and"
                    + " update on outbox_key; and, if it consumes, select, insert, update and delete on outbox_shedlock and all"
                    + " tables inbox_*.";

    private TableRights() {}

    /** {@return the exception for a user who may not create the tables; null if something else has failed} */
    public static @Nullable OutboxSetupException refusal(RuntimeException migration) {
        for (Throwable cause = migration; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DENIED.equals(sql.getSQLState())) {
                return refusal(sql, "Grant the user of the DataSource create on the schema; or " + BY_HAND, migration);
            }
            if (cause instanceof SQLException sql && DENIED_BY_MARIADB.contains(sql.getErrorCode())) {
                return refusal(
                        sql,
                        "Grant the user of the DataSource all privileges on its database; or " + BY_HAND_ON_MARIADB,
                        migration);
            }
        }
        return null;
    }

    private static OutboxSetupException refusal(SQLException denied, String fix, RuntimeException migration) {
        return new OutboxSetupException(
                "The tables of the outbox cannot be created: %s".formatted(denied.getMessage()), fix, migration);
    }

    /**
     * {@return the exception for a database in which tables are missing}
     *
     * @param names names of the missing tables
     */
    public static OutboxSetupException absent(DatabaseProduct product, List<String> names) {
        if (!product.hasSchemas()) {
            return new OutboxSetupException(
                    "The tables of the outbox cannot be used, because they are missing: %s"
                            .formatted(String.join(", ", names)),
                    "Set outbox.schema.migrate=true, which creates them at start; or " + BY_HAND_ON_MARIADB
                            + " If they are in another database, check spring.datasource.url.");
        }
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
    public static OutboxSetupException denied(DatabaseProduct product, List<String> grants) {
        return new OutboxSetupException(
                "The tables of the outbox cannot be used: permission denied",
                run(product, grants)
                        + " A relay with its own user names the rights which that user needs when it starts.");
    }

    /**
     * {@return the exception for tables of MariaDB whose engine cannot take part in a transaction}
     *
     * @param tables their names and engines
     */
    public static OutboxSetupException withoutTransactions(List<String> tables) {
        return new OutboxSetupException(
                "The outbox cannot use tables whose engine knows no transactions: %s"
                        .formatted(String.join(", ", tables)),
                "Run for each of them: alter table <name> engine = InnoDB.");
    }

    /** {@return the advice to run these statements as a user who may} */
    public static String run(DatabaseProduct product, List<String> grants) {
        return "Run as %s: %s."
                .formatted(
                        product.hasSchemas() ? "the owner of the tables" : "a user who may grant it",
                        String.join("; ", grants));
    }
}
