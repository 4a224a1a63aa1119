package dev.outbox.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.RowMapper;

/** Reads an event from a result set whose columns have the names of those of {@code outbox_event}. Thread-safe. */
public final class OutboxRowMapper implements RowMapper<OutboxRow> {

    @Override
    public OutboxRow mapRow(ResultSet row, int rowNumber) throws SQLException {
        return OutboxColumns.of(row).read(row);
    }
}
