package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on {@code outbox_projection} and {@code outbox_projection_generation}. */
final class JdbcGenerations implements Generations {

    private static final String ALL = """
            select
                projection, generation, version, lanes, state, target, begun_at, home,
                begun.erasures < outbox_projection.erasures as is_outlived
            from outbox_projection_generation as begun join outbox_projection on name = projection
            where projection = :projection
            order by generation
            """;

    private static final String ENTER = """
            insert into outbox_projection (name, home)
            values (:projection, :home)
            on conflict do nothing
            """;

    private static final String LOCK = """
            select name
            from outbox_projection
            where name = :projection
            for update
            """;

    private static final String TRY_LOCK = """
            select name
            from outbox_projection
            where name = :projection
            for update skip locked
            """;

    private static final String ADD = """
            insert into outbox_projection_generation (projection, generation, version, lanes, state, target, erasures)
            select name, :generation, :version, :lanes, :state, :target, erasures
            from outbox_projection
            where name = :projection
            """;

    private static final String OUTLIVE = """
            update outbox_projection
            set erasures = erasures + 1
            where name = :projection
            """;

    private static final String SET = """
            update outbox_projection_generation
            set state = :state
            where projection = :projection and generation = :generation
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcGenerations(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public List<Generation> of(String projection) {
        return jdbc.sql(ALL)
                .param("projection", projection)
                .query(JdbcGenerations::generation)
                .list();
    }

    @Override
    public void lock(String projection, String home) {
        transaction.single(() -> jdbc.sql(ENTER)
                .param("projection", projection)
                .param("home", home)
                .update());
        jdbc.sql(LOCK).param("projection", projection).query(String.class).single();
    }

    @Override
    public boolean tryLock(String projection) {
        return jdbc.sql(TRY_LOCK)
                .param("projection", projection)
                .query(String.class)
                .optional()
                .isPresent();
    }

    @Override
    public void add(GenerationRef generation, int version, int lanes, GenerationState state, long target) {
        transaction.single(() -> jdbc.sql(ADD)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("version", version)
                .param("lanes", lanes)
                .param("state", state.name())
                .param("target", target)
                .update());
    }

    @Override
    public void outlive(String projection) {
        jdbc.sql(OUTLIVE).param("projection", projection).update();
    }

    @Override
    public void set(GenerationRef generation, GenerationState state) {
        transaction.single(() -> jdbc.sql(SET)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("state", state.name())
                .update());
    }

    private static Generation generation(ResultSet row, int rowNumber) throws SQLException {
        return new Generation(
                new GenerationRef(row.getString("projection"), row.getInt("generation")),
                row.getInt("version"),
                row.getInt("lanes"),
                GenerationState.valueOf(row.getString("state")),
                row.getLong("target"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getString("home"),
                row.getBoolean("is_outlived"));
    }
}
