package dev.outbox.relay.internal.queue;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxRowMapper;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads plainly: a statement sees what is committed when it begins, and locks nothing. The delete locks the rows that it names
 * and no others; if it searched for them, it would wait for rows that are not committed yet.
 */
final class JdbcPortableEventQueue implements EventQueue {

    /**
     * The first row is about the lane, the others are events. It leaves out payloads that are above their share of the budget,
     * because adding up the bytes of all payloads would cost as much again.
     */
    private static final String READ = """
            select
                (select epoch from outbox_lane where floor(lane * 64 / lanes) = :firstBucket) as epoch,
                count(*) as earlier,
                sum(seq) as earlier_sum,
                0 as seq, null as aggregate_seq, null as id, null as type, null as version, null as aggregatetype,
                null as aggregateid, null as topic, null as source, null as created_at, null as contenttype,
                null as headers, null as payload
            from outbox_event
            where seq <= :after and bucket between :firstBucket and :lastBucket
            union all
            (
                select
                    null, null, null,
                    seq, aggregate_seq, id, type, version, aggregatetype,
                    aggregateid, topic, source, created_at, contenttype,
                    headers, case when octet_length(payload) <= :share then payload end
                from outbox_event
                where seq > :after and bucket between :firstBucket and :lastBucket
                order by seq
                limit :rows
            )
            """;

    private static final String SEQS = """
            select seq
            from outbox_event
            where seq <= :upTo and bucket between :firstBucket and :lastBucket
            order by seq
            """;

    private static final String SIZES = """
            select seq, octet_length(payload) as bytes
            from outbox_event
            where seq in (:seqs)
            order by seq
            """;

    private static final String ROWS = """
            select %s
            from outbox_event
            where seq in (:seqs)
            order by seq
            """.formatted(OutboxRowMapper.COLUMNS);

    /** On MariaDB and MySQL: the rows are looked up one by one, even in a short table, which the optimizer would rather scan. */
    private static final String REMOVE = """
            delete outbox_event
            from outbox_event force index (primary)
            where seq in (:seqs)
            """;

    private static final String REMOVE_ON_H2 = """
            delete from outbox_event
            where seq in (:seqs)
            """;

    /** Of numbers in one statement. */
    private static final int CHUNK = 500;

    private final String remove;
    private final JdbcClient jdbc;
    private final OutboxRowMapper rowMapper = OutboxRowMapper.portable();

    JdbcPortableEventQueue(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.remove = product == DatabaseProduct.H2 ? REMOVE_ON_H2 : REMOVE;
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public Found read(LaneEpoch lane, long after, ReadBudget budget) {
        return jdbc.sql(READ)
                .param("after", after)
                .param("firstBucket", lane.buckets().first())
                .param("lastBucket", lane.buckets().last())
                .param("share", budget.bytes() / budget.rows())
                .param("rows", budget.rows())
                .query(this::found);
    }

    @Override
    public List<Long> seqs(BucketRange buckets, long upTo) {
        return jdbc.sql(SEQS)
                .param("upTo", upTo)
                .param("firstBucket", buckets.first())
                .param("lastBucket", buckets.last())
                .query((row, rowNumber) -> row.getLong("seq"))
                .list();
    }

    @Override
    public List<OutboxRow> rows(List<Long> seqs, ReadBudget budget) {
        List<OutboxRow> rows = new ArrayList<>();
        for (List<Long> chunk : chunks(seqs.subList(0, Math.min(seqs.size(), budget.rows())))) {
            List<Long> affordable = affordable(chunk, budget.bytes() - ReadBudget.bytesOf(rows));
            if (!affordable.isEmpty()) {
                rows.addAll(jdbc.sql(ROWS)
                        .param("seqs", affordable)
                        .query(rowMapper)
                        .list());
            }
            if (affordable.size() < chunk.size()) {
                break;
            }
        }
        return rows;
    }

    @Override
    public void remove(Collection<Long> seqs) {
        for (List<Long> chunk : chunks(List.copyOf(seqs))) {
            jdbc.sql(remove).param("seqs", chunk).update();
        }
    }

    /** {@return the first of them, up to the one that crosses the limit} */
    private List<Long> affordable(List<Long> seqs, long bytes) {
        return jdbc.sql(SIZES).param("seqs", seqs).query(sizes -> {
            List<Long> affordable = new ArrayList<>();
            long left = bytes;
            while (left > 0 && sizes.next()) {
                affordable.add(sizes.getLong("seq"));
                left -= sizes.getLong("bytes");
            }
            return affordable;
        });
    }

    private Found found(ResultSet row) throws SQLException {
        long epoch = 0;
        long earlier = 0;
        long earlierSum = 0;
        List<Long> seqs = new ArrayList<>();
        List<OutboxRow> rows = new ArrayList<>();
        while (row.next()) {
            long seq = row.getLong("seq");
            if (seq == 0) {
                epoch = row.getLong("epoch");
                earlier = row.getLong("earlier");
                earlierSum = row.getLong("earlier_sum");
                continue;
            }
            // Up to the first one without its payload.
            if (rows.size() == seqs.size() && row.getBytes("payload") != null) {
                rows.add(rowMapper.mapRow(row, rows.size()));
            }
            seqs.add(seq);
        }
        return new Found(epoch, earlier, earlierSum, seqs, rows);
    }

    private static List<List<Long>> chunks(List<Long> seqs) {
        List<List<Long>> chunks = new ArrayList<>();
        for (int from = 0; from < seqs.size(); from += CHUNK) {
            chunks.add(seqs.subList(from, Math.min(from + CHUNK, seqs.size())));
        }
        return chunks;
    }
}
