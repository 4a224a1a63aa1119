package dev.outbox.audit;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * The row comes last, after the decision, unless that needs its number. If the request was decided before, or is being decided by
 * another process, the row is refused by its key, and takes the decision back with it.
 */
final class JdbcAuditTrail implements AuditTrail {

    /** A decision about many events is one long statement, and not silence. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final String ADD = """
            insert into outbox_audit (actor, action, subject, affected, request_key)
            values (:actor, :action, :subject, :affected, :requestKey)
            """;

    private static final String OF_REQUEST = """
            select id, decided_at, actor, action, subject, affected, request_key
            from outbox_audit
            where request_key = :requestKey
            """;

    private static final String OF_ID = """
            select id, decided_at, actor, action, subject, affected, request_key
            from outbox_audit
            where id = :id
            """;

    private static final String LAST = """
            select id, decided_at, actor, action, subject, affected, request_key
            from outbox_audit
            where id < :before
            order by id desc
            limit :limit
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;
    private final DatabaseProduct product;

    JdbcAuditTrail(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.on(product, dataSource);
        this.product = product;
    }

    @Override
    public AuditEntry decide(AuditedRequest request, LongSupplier decision) {
        return once(request, () -> {
            long affected = decision.getAsLong();
            return record(request, affected);
        });
    }

    @Override
    public AuditEntry decide(AuditedRequest request, long affected, LongConsumer decision) {
        return once(request, () -> {
            AuditEntry entry = record(request, affected);
            decision.accept(entry.id());
            return entry;
        });
    }

    private AuditEntry once(AuditedRequest request, Supplier<AuditEntry> decision) {
        Optional<AuditEntry> earlier = earlier(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return transaction.execute(SILENCE, decision);
        } catch (DuplicateKeyException decidedMeanwhile) {
            return earlier(request).orElseThrow(() -> decidedMeanwhile);
        }
    }

    @Override
    public Optional<AuditEntry> entry(long id) {
        return jdbc.sql(OF_ID).param("id", id).query(this::mapEntry).optional();
    }

    @Override
    public AuditEntry record(AuditedRequest request, long affected) {
        return written(add(request, affected));
    }

    @Override
    public List<AuditEntry> entries(@Nullable Long before, int limit) {
        return jdbc.sql(LAST)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(this::mapEntry)
                .list();
    }

    @Override
    public Optional<AuditEntry> earlier(AuditedRequest request) {
        if (request.requestKey() == null) {
            return Optional.empty();
        }
        Optional<AuditEntry> earlier = jdbc.sql(OF_REQUEST)
                .param("requestKey", request.requestKey())
                .query(this::mapEntry)
                .optional();
        earlier.filter(entry -> !entry.isOf(request)).ifPresent(entry -> {
            throw new RequestKeyReusedException(request, entry);
        });
        return earlier;
    }

    private long add(AuditedRequest request, long affected) {
        GeneratedKeyHolder id = new GeneratedKeyHolder();
        jdbc.sql(ADD)
                .param("actor", request.actor())
                .param("action", request.action().toString())
                .param("subject", request.subject())
                .param("affected", affected)
                .param("requestKey", request.requestKey())
                .update(id, "id");
        return Objects.requireNonNull(id.getKey()).longValue();
    }

    private AuditEntry written(long id) {
        return entry(id).orElseThrow();
    }

    private AuditEntry mapEntry(ResultSet row, int rowNumber) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                decidedAt(row),
                row.getString("actor"),
                AuditAction.of(row.getString("action")),
                row.getString("subject"),
                row.getLong("affected"),
                row.getString("request_key"));
    }

    private Instant decidedAt(ResultSet row) throws SQLException {
        return product == DatabaseProduct.POSTGRESQL
                ? row.getObject("decided_at", OffsetDateTime.class).toInstant()
                : UtcColumn.read(row, "decided_at");
    }
}
