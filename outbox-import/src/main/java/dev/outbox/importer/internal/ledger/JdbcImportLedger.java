package dev.outbox.importer.internal.ledger;

import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

final class JdbcImportLedger implements ImportLedger {

    private static final String BEGIN = """
            insert into outbox_import (source)
            values (:source)
            on conflict (source) do nothing
            """;

    private static final String LOCK = """
            select source
            from outbox_import
            where source = :source
            for update skip locked
            """;

    private static final String ENTER = """
            insert into outbox_import_row (source, row_id, event_id)
            select :source, row_id, event_id
            from unnest(cast(:rows as text[]), cast(:events as uuid[])) as entry (row_id, event_id)
            on conflict (source, row_id) do nothing
            returning row_id
            """;

    private static final String ADVANCE = """
            update outbox_import
            set
                imported = imported + :imported,
                left_out = left_out + :leftOut,
                last_row = :lastRow,
                changed_at = clock_timestamp()
            where source = :source
            """;

    private final JdbcClient jdbc;

    JdbcImportLedger(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public boolean lock(String source) {
        jdbc.sql(BEGIN).param("source", source).update();
        return jdbc.sql(LOCK)
                .param("source", source)
                .query(String.class)
                .optional()
                .isPresent();
    }

    @Override
    public Set<String> enter(String source, List<ImportedRow> rows) {
        return jdbc.sql(ENTER)
                .param("source", source)
                .param(
                        "rows",
                        new SqlArrayValue(
                                "text", rows.stream().map(ImportedRow::id).toArray()))
                .param(
                        "events",
                        new SqlArrayValue(
                                "uuid", rows.stream().map(ImportedRow::eventId).toArray()))
                .query(String.class)
                .set();
    }

    @Override
    public void advance(String source, long imported, long leftOut, String lastRow) {
        jdbc.sql(ADVANCE)
                .param("source", source)
                .param("imported", imported)
                .param("leftOut", leftOut)
                .param("lastRow", lastRow)
                .update();
    }
}
