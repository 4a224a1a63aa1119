package dev.outbox.relay.internal.durability;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Waits until the WAL is on disk up to a position.
 *
 * <p>Usually it already is: a commit returns, and becomes visible, after its WAL is flushed. A wait is needed when a
 * transaction commits with {@code synchronous_commit = off}, when others are writing at this moment, and after a
 * notification, whose commit record no session flushes. Another writer usually flushes soon, so this class looks again; if
 * none has, it commits something itself, which flushes everything before it.
 */
public final class JdbcWalFlush {

    private static final String IS_FLUSHED = """
            select pg_current_wal_flush_lsn() >= cast(:wal as pg_lsn)
            """;

    /**
     * A row lock is in the WAL once it is committed, and leaves no dead row. A message would also work, but other readers of
     * the WAL would see it.
     */
    private static final String FLUSH = """
            select set_config('synchronous_commit', 'local', true) from outbox_lane order by lane limit 1 for key share
            """;

    private static final String FLUSHED_STANDBYS = """
            select application_name
            from pg_stat_replication
            where application_name = any (:standbys) and flush_lsn >= cast(:wal as pg_lsn)
            """;

    private static final long FIRST_LOOK_NANOS = 500_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final Durability durability;

    public JdbcWalFlush(JdbcClient jdbc, BoundedTransaction transaction, Durability durability) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.durability = durability;
    }

    /** {@return what waits on these tables} */
    public static JdbcWalFlush on(DataSource dataSource, OutboxTables tables, Durability durability) {
        return new JdbcWalFlush(tables.client(dataSource), BoundedTransaction.postgres(dataSource), durability);
    }

    /**
     * Waits until all that are asked for have the WAL on disk.
     *
     * @param wal position in the WAL
     * @param flushed whether the server is known to have it on disk
     * @return whether anyone had to be asked. That may have been another server than the one that wrote the WAL, or the same
     *     one after a crash: it has reached the position as well, by other WAL
     * @throws NotDurableException if it takes too long
     */
    public boolean await(String wal, boolean flushed) {
        boolean waitsForStandbys = !durability.standbys().isEmpty();
        if (!flushed) {
            awaitServer(wal);
        }
        if (waitsForStandbys) {
            awaitStandbys(wal);
        }
        return !flushed || waitsForStandbys;
    }

    /**
     * Waits for the server's own disk.
     *
     * @param wal position in the WAL
     * @throws NotDurableException if it takes too long
     */
    public void awaitServer(String wal) {
        LockSupport.parkNanos(FIRST_LOOK_NANOS);
        if (isFlushed(wal)) {
            return;
        }
        transaction.single(() -> jdbc.sql(FLUSH).query().listOfRows());
        if (!until(() -> isFlushed(wal))) {
            throw new NotDurableException(wal, "the server did not write them to its disk", durability.patience());
        }
    }

    private void awaitStandbys(String wal) {
        if (!until(() -> missingStandbys(wal).isEmpty())) {
            throw new NotDurableException(
                    wal, "standbys " + missingStandbys(wal) + " did not confirm them", durability.patience());
        }
    }

    private boolean isFlushed(String wal) {
        return jdbc.sql(IS_FLUSHED).param("wal", wal).query(Boolean.class).single();
    }

    private Set<String> missingStandbys(String wal) {
        Set<String> missing = new TreeSet<>(durability.standbys());
        missing.removeAll(jdbc.sql(FLUSHED_STANDBYS)
                .param("standbys", durability.standbys().toArray(String[]::new))
                .param("wal", wal)
                .query(String.class)
                .list());
        return missing;
    }

    private boolean until(BooleanSupplier condition) {
        Duration patience = durability.patience();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
