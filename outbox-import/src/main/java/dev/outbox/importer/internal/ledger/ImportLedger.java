package dev.outbox.importer.internal.ledger;

import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Remembers what has been imported. All methods take part in the current transaction. */
public interface ImportLedger {

    /** {@return whether this transaction alone may import from the source until it ends} */
    boolean lock(String source);

    /** {@return the ids of those of the rows, which are entered now, that were not entered before} */
    Set<String> enter(String source, List<ImportedRow> rows);

    /** Counts what has been done. */
    void advance(String source, long imported, long leftOut, String lastRow);

    /** {@return the ledger in the tables of the module, on PostgreSQL} */
    static ImportLedger postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcImportLedger(dataSource, tables);
    }
}
