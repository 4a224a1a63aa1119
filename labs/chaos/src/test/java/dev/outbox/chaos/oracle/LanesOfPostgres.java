package dev.outbox.chaos.oracle;

import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Published events stay in the table; each lane has a position that has passed them. */
final class LanesOfPostgres implements Lanes {

    private static final String LANES = """
            select lane, lanes, position, case when lease_until > clock_timestamp() then owner end as owner
            from outbox_lane
            order by lane
            """;

    private static final String NOW = """
            select pg_current_snapshot()::text
            """;

    private static final String NOT_PUBLISHED = """
            select count(*)
            from outbox_event
            where bucket between :first and :last
                and xid >= :xmin and not pg_visible_in_snapshot(xid::text::xid8, cast(:done as pg_snapshot))
            """;

    private record Row(Lane lane, Snapshot done, @Nullable String owner) {}

    private final JdbcClient jdbc;

    LanesOfPostgres(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public long unpublished() {
        return rows().stream().mapToLong(this::unpublished).sum();
    }

    @Override
    public BooleanSupplier isPublishedUpToNow() {
        Snapshot now = Snapshot.parse(jdbc.sql(NOW).query(String.class).single());
        return () -> hasReached(now);
    }

    @Override
    public Set<String> owners() {
        return rows().stream().map(Row::owner).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    @Override
    public String describe() {
        try {
            return rows().toString();
        } catch (DataAccessException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public int count() {
        return rows().size();
    }

    private boolean hasReached(Snapshot moment) {
        List<Row> rows = rows();
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.done().xmax() >= moment.xmax());
    }

    private List<Row> rows() {
        return jdbc.sql(LANES)
                .query((row, rowNumber) -> {
                    @Nullable String position = row.getString("position");
                    return new Row(
                            new Lane(row.getInt("lane"), row.getInt("lanes")),
                            position == null
                                    ? Snapshot.EMPTY
                                    : Position.parse(position).done(),
                            row.getString("owner"));
                })
                .list();
    }

    private long unpublished(Row row) {
        BucketRange buckets = row.lane().buckets();
        return jdbc.sql(NOT_PUBLISHED)
                .param("first", buckets.first())
                .param("last", buckets.last())
                .param("xmin", row.done().xmin())
                .param("done", row.done().toString())
                .query(Long.class)
                .single();
    }
}
