package dev.outbox.relay.replay;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.lease.LanePositions;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.relay.internal.log.PublishedEvents;
import dev.outbox.relay.internal.log.PublishedEvents.Unknown;
import dev.outbox.relay.internal.log.PublishedEvents.Upto;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.schema.OutboxTables;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Pages through the outbox by ranges of {@code seq}, which is cheap by its index, however many events there are. Events that are
 * set aside or discarded lie before the positions of the lanes, and are not published.
 */
final class JdbcOutboxArchive implements OutboxArchive {

    private static final String BOUNDS = """
            select coalesce(min(seq), 1) as first, coalesce(max(seq), 0) as last
            from outbox_event
            where (cast(:from as timestamptz) is null or created_at >= :from)
                and (cast(:until as timestamptz) is null or created_at < :until)
                and (cast(:aggregateType as text) is null or aggregatetype = :aggregateType)
                and (cast(:aggregateId as text) is null or aggregateid = :aggregateId)
                and (cast(:type as text) is null or type = :type)
            """;

    private static final String READ = """
            select *
            from (
                select *, sum(octet_length(payload)) over (order by seq) - octet_length(payload) as bytes_before
                from (
                    select %s
                    from outbox_event
                    where seq > :after and seq <= :through
                        and xid + 0 < :xmax and xid + 0 <> all (cast(:running as bigint[]))
                        and (cast(:from as timestamptz) is null or created_at >= :from)
                        and (cast(:until as timestamptz) is null or created_at < :until)
                        and (cast(:aggregateType as text) is null or aggregatetype = :aggregateType)
                        and (cast(:aggregateId as text) is null or aggregateid = :aggregateId)
                        and (cast(:type as text) is null or type = :type)
                        and not exists (select 1 from outbox_parked as aside where aside.seq = outbox_event.seq)
                ) as page
            ) as measured
            where bytes_before < :bytes
            order by seq
            """.formatted(OutboxRowMapper.COLUMNS);

    /** Between stored events, most numbers may belong to events that were truncated long ago. */
    private static final String NEXT = """
            select min(seq) from outbox_event where seq > :after
            """;

    private static final String ESTIMATE = """
            select topic, count(*) as events, coalesce(sum(octet_length(payload)), 0) as bytes
            from outbox_event
            where xid < :xmax and xid <> all (cast(:running as bigint[]))
                and (cast(:from as timestamptz) is null or created_at >= :from)
                and (cast(:until as timestamptz) is null or created_at < :until)
                and (cast(:aggregateType as text) is null or aggregatetype = :aggregateType)
                and (cast(:aggregateId as text) is null or aggregateid = :aggregateId)
                and (cast(:type as text) is null or type = :type)
                and not exists (select 1 from outbox_parked as aside where aside.seq = outbox_event.seq)
            group by topic
            order by topic
            """;

    private final JdbcClient jdbc;
    private final LanePositions lanes;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcOutboxArchive(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.lanes = LanePositions.postgres(dataSource, tables);
    }

    @Override
    public void read(EventSelection selection, ReadBudget budget, Predicate<List<OutboxRow>> pages) {
        Snapshot done = published();
        Bounds bounds = selected(BOUNDS, selection)
                .query((row, rowNumber) -> new Bounds(row.getLong("first"), row.getLong("last")))
                .single();
        long after = bounds.first() - 1;
        boolean wanted = true;
        while (wanted && after < bounds.last()) {
            long through = Math.min(after + budget.rows(), bounds.last());
            List<OutboxRow> page = page(selection, done, after, through, budget);
            after = budget.isSpentBy(page) ? page.get(page.size() - 1).seq() : through;
            if (page.isEmpty() && after < bounds.last()) {
                after = next(after, bounds.last()) - 1;
            }
            wanted = page.isEmpty() || pages.test(page);
        }
    }

    @Override
    public ReplayEstimate estimate(EventSelection selection) {
        List<OfTopic> topics = known(selected(ESTIMATE, selection), published())
                .query((row, rowNumber) ->
                        new OfTopic(row.getString("topic"), row.getLong("events"), row.getLong("bytes")))
                .list();
        return new ReplayEstimate(
                topics.stream().mapToLong(OfTopic::events).sum(),
                topics.stream().mapToLong(OfTopic::bytes).sum(),
                topics.stream().map(OfTopic::topic).toList());
    }

    private Snapshot published() {
        PublishedEvents events = lanes.published();
        if (events instanceof Unknown unknown) {
            throw new IllegalStateException("No event is known to be published: " + unknown.reason());
        }
        return ((Upto) events).snapshot();
    }

    private List<OutboxRow> page(EventSelection selection, Snapshot done, long after, long through, ReadBudget budget) {
        return known(selected(READ, selection), done)
                .param("after", after)
                .param("through", through)
                .param("bytes", budget.bytes())
                .query(rowMapper)
                .list();
    }

    private long next(long after, long otherwise) {
        return jdbc.sql(NEXT)
                .param("after", after)
                .query((row, rowNumber) -> row.getObject(1) == null ? otherwise : row.getLong(1))
                .single();
    }

    private static StatementSpec known(StatementSpec statement, Snapshot done) {
        return statement
                .param("xmax", done.xmax())
                .param("running", new SqlArrayValue("int8", done.running().toArray()));
    }

    private StatementSpec selected(String sql, EventSelection selection) {
        return jdbc.sql(sql)
                .param("from", utc(selection.from()))
                .param("until", utc(selection.until()))
                .param("aggregateType", selection.aggregateType())
                .param("aggregateId", selection.aggregateId())
                .param("type", selection.type());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private record Bounds(long first, long last) {}

    private record OfTopic(String topic, long events, long bytes) {}
}
