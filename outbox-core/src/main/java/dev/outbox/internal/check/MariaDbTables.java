package dev.outbox.internal.check;

import dev.outbox.internal.setup.DatabaseProduct;
import java.util.List;
import javax.sql.DataSource;

/** What a user finds in a database of MariaDB or MySQL. Thread-safe. */
public interface MariaDbTables {

    /** {@return what is not as it must be} */
    Shortcomings of(List<TableRight> needed);

    /** {@return the tables that the user of the DataSource finds} */
    static MariaDbTables in(DatabaseProduct product, DataSource dataSource) {
        return new JdbcMariaDbTables(product, dataSource);
    }

    /**
     * What is not as it must be.
     *
     * @param absent tables that are not there
     * @param grants the statements that grant the missing rights
     * @param withoutTransactions tables whose engine knows no transactions
     */
    record Shortcomings(List<String> absent, List<String> grants, List<String> withoutTransactions) {}
}
