package dev.outbox.importer.internal.peer;

import dev.outbox.importer.PeerEvent;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/** Runs the statements of one kind of table. Those of all kinds have the same parameters and columns. */
final class JdbcPeerTable implements PeerTable {

    /** Rows that the driver fetches at a time, where all are read. */
    private static final int FETCH_SIZE = 500;

    private final JdbcClient jdbc;
    private final String name;
    private final String selected;
    private final String pending;
    private final String complete;
    private final HeadersJson headersJson = new HeadersJson();

    /**
     * @param dataSource its search_path, or the qualified name, says where the table is
     */
    JdbcPeerTable(DataSource dataSource, String name, String selected, String pending, String complete) {
        this.jdbc = OutboxTables.ON_SEARCH_PATH.client(dataSource);
        this.name = name;
        this.selected = selected;
        this.pending = pending;
        this.complete = complete;
    }

    @Override
    public String name() {
        return name;
    }

    /** Not skip locked: a row that the other outbox holds may have to come before those behind it. */
    @Override
    public List<PeerEvent> claim(Selection selection, int limit) {
        return bind(jdbc.sql(selected + "for update"), selection)
                .param("limit", limit)
                .query((row, rowNumber) -> event(row))
                .list();
    }

    @Override
    public void complete(Collection<String> ids) {
        jdbc.sql(complete).param("ids", texts(ids)).update();
    }

    @Override
    public void read(Selection selection, Consumer<PeerEvent> reader) {
        bind(jdbc.sql(selected).withFetchSize(FETCH_SIZE), selection)
                .param("limit", null)
                .query(row -> {
                    reader.accept(event(row));
                });
    }

    @Override
    public List<PendingRows> pending(Selection selection) {
        return bind(jdbc.sql(pending), selection)
                .query((row, rowNumber) -> new PendingRows(
                        row.getString("handler"),
                        row.getString("type"),
                        row.getLong("rows"),
                        row.getLong("young"),
                        row.getLong("old")))
                .list();
    }

    private static StatementSpec bind(StatementSpec statement, Selection selection) {
        Instant since = selection.since();
        return statement
                .param("handlers", texts(selection.handlers()))
                .param("ignored", texts(selection.ignoredTypes()))
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .param("minAge", selection.minAge().toMillis() / 1000.0);
    }

    private static SqlArrayValue texts(Collection<String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }

    private PeerEvent event(ResultSet row) throws SQLException {
        return new PeerEvent(
                row.getString("id"),
                row.getString("type"),
                row.getString("key"),
                row.getString("payload"),
                headers(row.getString("headers")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private Map<String, String> headers(@Nullable String json) {
        return json == null || json.isBlank() ? Map.of() : headersJson.read(json);
    }
}
