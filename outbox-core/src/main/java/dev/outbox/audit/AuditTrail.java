package dev.outbox.audit;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What people have decided about an outbox and an inbox, in their own database. Thread-safe. The methods throw
 * {@link org.springframework.dao.DataAccessException} if the database cannot be queried.
 *
 * @since 0.1.0
 */
public interface AuditTrail {

    /**
     * Decides, and writes a row about it, both in one transaction: there are both or neither. If a request with the same key
     * has been decided before, nothing happens.
     *
     * @param decision what is done, and returns how many events, or lanes, it was about; it takes part in the transaction if it
     *     uses the same data source, as parked events and positions do
     * @return the row; that of the first time if the request came before
     * @throws RequestKeyReusedException if the key has been used for another request; nothing has changed
     */
    AuditEntry decide(AuditedRequest request, LongSupplier decision);

    /**
     * The same, for what is known under the number of its row, such as a release. The row is written first.
     *
     * @param affected how many events it is about
     * @param decision what is done, with the number of the row; it throws if it is about another number of events
     */
    AuditEntry decide(AuditedRequest request, long affected, LongConsumer decision);

    /**
     * Writes the row of a decision that the transaction of the caller makes: there are both or neither.
     *
     * @param affected how many events it is about
     * @return the row
     * @throws org.springframework.dao.DuplicateKeyException if a request with the same key has been decided meanwhile; the
     *     transaction has to be rolled back, and {@link #earlier} knows the row
     */
    AuditEntry record(AuditedRequest request, long affected);

    /**
     * {@return the row of a request that has come before; nothing if it has no key, or none was decided under it}
     *
     * @throws RequestKeyReusedException if the key has been used for another request
     */
    Optional<AuditEntry> earlier(AuditedRequest request);

    /** {@return a decision} */
    Optional<AuditEntry> entry(long id);

    /**
     * {@return the decisions, the last one first}
     *
     * @param before only those whose id is lower, or null for the last ones
     */
    List<AuditEntry> entries(@Nullable Long before, int limit);

    /** {@return the decisions in table {@code outbox_audit}} */
    static AuditTrail on(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        return new JdbcAuditTrail(product, dataSource, tables);
    }
}
