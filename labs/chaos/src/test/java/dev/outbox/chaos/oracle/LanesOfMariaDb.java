package dev.outbox.chaos.oracle;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Published events are deleted: what is in the table is still to be published. */
final class LanesOfMariaDb implements Lanes {

    private static final String LANES = """
            select lane, epoch, case when lease_until > utc_timestamp(6) then owner end as owner
            from outbox_lane
            order by lane
            """;

    private static final String LATEST = """
            select coalesce(max(seq), 0)
            from outbox_event
            """;

    private static final String NOT_PUBLISHED = """
            select count(*)
            from outbox_event
            where seq <= :latest
            """;

    private record Row(int lane, long epoch, @Nullable String owner) {}

    private final JdbcClient jdbc;

    LanesOfMariaDb(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public long unpublished() {
        return unpublished(Long.MAX_VALUE);
    }

    @Override
    public BooleanSupplier isPublishedUpToNow() {
        long latest = jdbc.sql(LATEST).query(Long.class).single();
        return () -> unpublished(latest) == 0;
    }

    @Override
    public Set<String> owners() {
        return rows().stream().map(Row::owner).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    @Override
    public String describe() {
        try {
            return "%s, unpublished: %d".formatted(rows(), unpublished());
        } catch (DataAccessException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public int count() {
        return rows().size();
    }

    private long unpublished(long latest) {
        return jdbc.sql(NOT_PUBLISHED).param("latest", latest).query(Long.class).single();
    }

    private List<Row> rows() {
        return jdbc.sql(LANES)
                .query((row, rowNumber) -> new Row(row.getInt("lane"), row.getLong("epoch"), row.getString("owner")))
                .list();
    }
}
