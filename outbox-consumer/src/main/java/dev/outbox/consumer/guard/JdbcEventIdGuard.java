package dev.outbox.consumer.guard;

import dev.outbox.schema.OutboxTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Keeps the ids of applied events in a table. The inserted rows show which events are new. It does not rely on a
 * duplicate-key error, which would abort the transaction on PostgreSQL.
 */
final class JdbcEventIdGuard implements InboxGuard {

    /** Always in the same order, so that two deliveries of the same events do not wait for each other. */
    private static final String ENTER = """
            insert into inbox_event (consumer, source, event_id, type, handled_at)
            select :consumer, source, event_id, type, now()
            from unnest(
                cast(:sources as text[]), cast(:eventIds as text[]), cast(:types as text[]),
                cast(:formerIds as text[]), cast(:since as bigint[]))
                as event (source, event_id, type, former_id, since)
            where former_id is null or not exists (
                select from inbox_event former
                where former.consumer = :consumer and former.source = event.source and former.event_id = event.former_id
                    and former.handled_at >= to_timestamp(event.since / 1000.0))
            order by source, event_id
            on conflict (consumer, source, event_id) do nothing
            returning source, event_id
            """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    JdbcEventIdGuard(DataSource dataSource, OutboxTables tables) {
        this.dataSource = dataSource;
        this.jdbc = tables.client(dataSource);
    }

    @Override
    public List<Admission> admit(String consumer, List<GuardedEvent> events) {
        InboxTransactions.require(dataSource, events.get(0));
        Set<Identity> entered = enter(consumer, events);
        List<Admission> admissions = new ArrayList<>(events.size());
        for (GuardedEvent event : events) {
            boolean first = entered.remove(new Identity(event.source(), event.id()));
            admissions.add(first ? Admission.NEW : Admission.DUPLICATE);
        }
        return admissions;
    }

    private Set<Identity> enter(String consumer, List<GuardedEvent> events) {
        int size = events.size();
        String[] sources = new String[size];
        String[] ids = new String[size];
        String[] types = new String[size];
        @Nullable String[] formerIds = new String[size];
        @Nullable Long[] since = new Long[size];
        for (int i = 0; i < size; i++) {
            GuardedEvent event = events.get(i);
            sources[i] = event.source();
            ids[i] = event.id();
            types[i] = event.type();
            GuardedEvent.Former former = event.former();
            if (former != null) {
                formerIds[i] = former.id();
                since[i] = former.since().toEpochMilli();
            }
        }
        return new HashSet<>(jdbc.sql(ENTER)
                .param("consumer", consumer)
                .param("sources", new SqlArrayValue("text", (Object[]) sources))
                .param("eventIds", new SqlArrayValue("text", (Object[]) ids))
                .param("types", new SqlArrayValue("text", (Object[]) types))
                .param("formerIds", new SqlArrayValue("text", (Object[]) formerIds))
                .param("since", new SqlArrayValue("int8", (Object[]) since))
                .query((row, rowNumber) -> new Identity(row.getString(1), row.getString(2)))
                .list());
    }

    private record Identity(String source, String id) {}
}
