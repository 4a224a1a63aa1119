package dev.outbox.relay.database;

import dev.outbox.store.OutboxTables;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks, after all migrations and before the relay starts, whether the tables are there. */
final class JdbcTablesCheck implements SmartInitializingSingleton {

    private static final String TABLES = """
            select lanes from outbox_event, outbox_parked, outbox_lane join outbox_relay using (lanes) where false
            """;

    private final JdbcClient jdbc;

    JdbcTablesCheck(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    /**
     * @throws MissingTablesException if there are no such tables
     */
    @Override
    public void afterSingletonsInstantiated() {
        try {
            jdbc.sql(TABLES).query().listOfRows();
        } catch (BadSqlGrammarException e) {
            throw new MissingTablesException(e);
        }
    }
}
