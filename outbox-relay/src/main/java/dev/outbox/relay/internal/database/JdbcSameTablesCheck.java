package dev.outbox.relay.internal.database;

import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Checks, before the relay starts, whether it reads the table that the service writes. */
final class JdbcSameTablesCheck implements SmartInitializingSingleton {

    private static final String TABLE = """
            select format('%s of database %s on server %s', coalesce(
                (
                    select format('table %I.%I (%s)', nspname, relname, pg_class.oid)
                    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                    where pg_class.oid = to_regclass('outbox_event')
                ), 'no table outbox_event'), current_database(), system_identifier)
            from pg_control_system()
            """;

    private final @Nullable DataSource service;
    private final DataSource relay;
    private final OutboxTables tables;

    /**
     * @param service the DataSource of the service, or null if the relay uses the same one
     * @param relay the DataSource of the relay
     */
    JdbcSameTablesCheck(@Nullable DataSource service, DataSource relay, OutboxTables tables) {
        this.service = service;
        this.relay = relay;
        this.tables = tables;
    }

    /**
     * @throws OutboxSetupException if it is a different table
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (service == null) {
            return;
        }
        String written = table(service);
        String read = table(relay);
        if (!written.equals(read)) {
            throw new OutboxSetupException(
                    "The service writes its events to %s, but the relay would read %s".formatted(written, read),
                    "Make both see the same table: check outbox.relay.database.*, and what sets the search_path of the"
                            + " service's connections.");
        }
    }

    private String table(DataSource dataSource) {
        return tables.client(dataSource).sql(TABLE).query(String.class).single();
    }
}
