package dev.outbox.relay.internal.log;

import dev.outbox.relay.internal.log.PublishedEvents.Unknown;
import dev.outbox.relay.internal.log.PublishedEvents.Upto;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how far all lanes have come. */
public final class JdbcPublished {

    private static final String POSITIONS = """
            select
                lane,
                position,
                pg_current_snapshot()::text as current,
                split_part(history, '/', 1) <> split_part(outbox_history(), '/', 1) as is_foreign
            from outbox_lane
            order by lane
            """;

    private final JdbcClient jdbc;

    public JdbcPublished(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public PublishedEvents read() {
        List<LanePosition> found = jdbc.sql(POSITIONS)
                .query((row, rowNumber) -> new LanePosition(
                        row.getInt("lane"),
                        row.getString("position"),
                        Snapshot.parse(row.getString("current")),
                        row.getBoolean("is_foreign")))
                .list();
        Optional<Unknown> unknown = found.stream()
                .map(LanePosition::unknown)
                .flatMap(Optional::stream)
                .findFirst();
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return found.stream()
                .map(LanePosition::done)
                .reduce(Snapshot::sharedWith)
                .<PublishedEvents>map(Upto::new)
                .orElseGet(() -> new Unknown("no lane has been relayed yet"));
    }

    private record LanePosition(int lane, @Nullable String position, Snapshot current, boolean isForeign) {

        Snapshot done() {
            if (position == null) {
                return Snapshot.EMPTY;
            }
            Position parsed = Position.parse(position);
            Position.Paging paging = parsed.paging();
            return paging != null && paging.seq() == paging.lastSeq() ? paging.next() : parsed.done();
        }

        Optional<Unknown> unknown() {
            if (position == null) {
                return Optional.of(new Unknown("lane %d has no position yet".formatted(lane)));
            }
            if (isForeign || done().xmax() > current.xmax()) {
                return Optional.of(
                        new Unknown("the position of lane %d is not of this database: %s".formatted(lane, position)));
            }
            return Optional.empty();
        }
    }
}
