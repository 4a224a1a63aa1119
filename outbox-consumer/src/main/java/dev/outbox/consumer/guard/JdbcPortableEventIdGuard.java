package dev.outbox.consumer.guard;

import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxTables;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the ids of applied events in a table of MariaDB, MySQL or H2:
 *
 * <ol>
 *   <li>Every event is entered with a number that is drawn for this call. An event that is there already keeps its row; if
 *       another transaction has just entered it, this waits until that transaction is over.
 *   <li>The rows with this number are the new events.
 * </ol>
 *
 * <p>So a write decides, and no snapshot of the transaction can hide a row. How many rows a statement has changed is not asked:
 * depending on the settings of the driver, a row that is left as it is counts too, or the rows of a batch are not counted.
 *
 * <p>No earlier release has run on these databases, so there are no former ids.
 */
final class JdbcPortableEventIdGuard implements InboxGuard {

    private static final String ENTER = """
            insert into inbox_event (consumer, source, event_id, type, handled_at, admission)
            values (:consumer, :source, :eventId, :type, %s, :admission)
            on duplicate key update type = type
            """;

    /** H2 has no insert that waits for another transaction and then leaves its row alone, but has this one. */
    private static final String ENTER_IN_H2 = """
            merge into inbox_event (consumer, source, event_id, type, handled_at)
            key (consumer, source, event_id)
            values (:consumer, :source, :eventId, :type, %s)
            """;

    private static final String CLAIM_IN_H2 = """
            update inbox_event
            set admission = :admission
            where consumer = :consumer and source = :source and event_id = :eventId and admission is null
            """;

    private static final String ENTERED = """
            select source, event_id
            from inbox_event
            where consumer = :consumer and source in (:sources) and event_id in (:eventIds) and admission = :admission
            """;

    /** Always in the same order, so that two deliveries of the same events do not wait for each other. */
    private static final Comparator<GuardedEvent> ORDER =
            Comparator.comparing(GuardedEvent::source).thenComparing(GuardedEvent::id);

    private final DataSource dataSource;
    private final OutboxTables tables;
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final List<String> entering;
    private final RandomGenerator numbers = new SecureRandom();

    JdbcPortableEventIdGuard(DatabaseProduct product, DataSource dataSource, OutboxTables tables) {
        this.dataSource = dataSource;
        this.tables = tables;
        this.jdbc = tables.client(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.entering = product == DatabaseProduct.H2
                ? List.of(ENTER_IN_H2.formatted(product.now()), CLAIM_IN_H2)
                : List.of(ENTER.formatted(product.now()));
    }

    @Override
    public List<Admission> admit(String consumer, List<GuardedEvent> events) {
        InboxTransactions.require(dataSource, events.get(0));
        Set<Identity> entered = enter(consumer, events);
        List<Admission> admissions = new ArrayList<>(events.size());
        for (GuardedEvent event : events) {
            boolean first = entered.remove(Identity.of(event));
            admissions.add(first ? Admission.NEW : Admission.DUPLICATE);
        }
        return admissions;
    }

    private Set<Identity> enter(String consumer, List<GuardedEvent> events) {
        long admission = numbers.nextLong();
        MapSqlParameterSource[] rows = events.stream()
                .sorted(ORDER)
                .map(event -> new MapSqlParameterSource("consumer", consumer)
                        .addValue("source", event.source())
                        .addValue("eventId", event.id())
                        .addValue("type", event.type())
                        .addValue("admission", admission))
                .toArray(MapSqlParameterSource[]::new);
        entering.forEach(statement -> batches.batchUpdate(tables.qualify(statement), rows));
        return new HashSet<>(jdbc.sql(ENTERED)
                .param("consumer", consumer)
                .param(
                        "sources",
                        events.stream().map(GuardedEvent::source).distinct().toList())
                .param(
                        "eventIds",
                        events.stream().map(GuardedEvent::id).distinct().toList())
                .param("admission", admission)
                .query((row, rowNumber) -> new Identity(row.getString(1), row.getString(2)))
                .list());
    }

    private record Identity(String source, String id) {

        static Identity of(GuardedEvent event) {
            return new Identity(event.source(), event.id());
        }
    }
}
