package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.eventstore.internal.projection.log.LogPosition.Paging;
import dev.outbox.schema.OutboxTables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The cursors that many articles show. Each is here to show that a test can fail. */
public final class WrongLogs {

    private WrongLogs() {}

    /** What has a higher number than the last one: it skips what commits late. */
    public static StoredLog bySeq(DataSource dataSource) {
        return new Wrong(dataSource, """
                seq > :last and bucket between :first and :last_bucket
                order by seq
                limit :rows
                """) {

            @Override
            LogPosition end(long last, List<LogEvent> events, long xmin) {
                long next =
                        events.isEmpty() ? last : events.get(events.size() - 1).seq();
                return new LogPosition("1:1:", new Paging("1:1:", next, Long.MAX_VALUE));
            }
        };
    }

    /** What ended before the oldest running transaction, in the order of transactions: it swaps the events of a stream. */
    public static StoredLog byTransaction(DataSource dataSource) {
        return new Wrong(dataSource, """
                xid > :last and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                    and bucket between :first and :last_bucket and :rows > 0
                order by xid, seq
                """) {

            @Override
            LogPosition end(long last, List<LogEvent> events, long xmin) {
                return new LogPosition("1:1:", new Paging("1:1:", Math.max(last, xmin - 1), Long.MAX_VALUE));
            }
        };
    }

    private abstract static class Wrong implements StoredLog {

        private final JdbcClient jdbc;
        private final StoredLog rows;
        private final String condition;

        Wrong(DataSource dataSource, String condition) {
            this.jdbc = JdbcClient.create(dataSource);
            this.rows = StoredLog.of(dataSource, OutboxTables.ON_SEARCH_PATH);
            this.condition = condition;
        }

        abstract LogPosition end(long last, List<LogEvent> events, long xmin);

        @Override
        public LogPage read(Buckets buckets, LogPosition after, int limit, long bytes) {
            long last = after.paging() == null ? 0 : after.paging().seq();
            long xmin = jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                    .query(Long.class)
                    .single();
            List<LogEvent> events = jdbc.sql("select * from (select * from outbox_event_stored union all"
                            + " select * from outbox_event_unpublished) as event where " + condition)
                    .param("last", last)
                    .param("first", buckets.first())
                    .param("last_bucket", buckets.last())
                    .param("rows", limit)
                    .query((row, number) -> ((JdbcStoredLog) rows).event(row))
                    .list();
            return new LogPage(events, end(last, events, xmin), events.isEmpty());
        }

        @Override
        public Optional<String> nothingSince(Buckets buckets, String done) {
            return Optional.empty();
        }

        @Override
        public LogPosition now() {
            return LogPosition.START;
        }

        @Override
        public LogPosition since(Instant time) {
            return LogPosition.START;
        }

        @Override
        public long size() {
            return 0;
        }
    }
}
