package dev.outbox.chaos.oracle;

import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the lanes' rows tell about the progress of the relays. */
public final class Lanes {

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

    public Lanes(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** {@return how many committed events no position has passed yet} */
    public long unpublished() {
        return rows().stream().mapToLong(this::unpublished).sum();
    }

    /** {@return the present, to be waited for by {@link #hasReached}} */
    public Snapshot now() {
        return Snapshot.parse(jdbc.sql(NOW).query(String.class).single());
    }

    /** {@return whether all that was visible at that moment is published} */
    public boolean hasReached(Snapshot moment) {
        List<Row> rows = rows();
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.done().xmax() >= moment.xmax());
    }

    /** {@return the relays that own lanes, each by its name and what it adds to it} */
    public Set<String> owners() {
        return rows().stream().map(Row::owner).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** {@return where each lane stands, for a message; also if the database does not answer} */
    public String describe() {
        try {
            return rows().toString();
        } catch (DataAccessException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** {@return how many lanes there are, owned or not} */
    public int count() {
        return rows().size();
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
