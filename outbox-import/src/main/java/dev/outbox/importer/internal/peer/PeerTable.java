package dev.outbox.importer.internal.peer;

import dev.outbox.importer.PeerEvent;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The table of another outbox. A row is pending until the other outbox, or {@link #complete},
 * says that it is complete. All methods take part in the current transaction.
 */
public interface PeerTable {

    /** {@return the name of the table, for use in messages} */
    String name();

    /**
     * {@return the oldest pending rows, in order} They are locked until the transaction ends. If the other outbox is completing one
     * of them, this call waits until it is known whether it succeeds: a row that it completes is not among them, and none behind a
     * row that it does not complete is taken before that row.
     */
    List<PeerEvent> claim(Selection selection, int limit);

    /** Makes rows complete for the other outbox, as it would do itself. */
    void complete(Collection<String> ids);

    /** Reads the rows that {@link #claim} would return, without a lock. */
    void read(Selection selection, Consumer<PeerEvent> reader);

    /** {@return how many rows are pending, whether they are selected or not} */
    List<PendingRows> pending(Selection selection);

    /** {@return the event publication registry of Spring Modulith; {@code archive} is where complete rows go, if they are archived} */
    static PeerTable modulith(DataSource dataSource, String table, String archive, Completion completion) {
        return JdbcModulithTable.on(dataSource, table, archive, completion);
    }

    /** {@return the records of a Namastack outbox} */
    static PeerTable namastack(DataSource dataSource, String table, Completion completion) {
        return JdbcNamastackTable.on(dataSource, table, completion);
    }

    /** {@return the messages of Eventuate Tram} */
    static PeerTable eventuate(DataSource dataSource, String table, Completion completion) {
        return JdbcEventuateTable.on(dataSource, table, completion);
    }

    /** {@return a hand-made table} */
    static PeerTable mapped(DataSource dataSource, String table, Columns columns, Completion completion) {
        return JdbcMappedTable.on(dataSource, table, columns, completion);
    }
}
