package dev.outbox.test;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AssertProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that the service has captured since the test began, in the order in which they will be published. They are read
 * from the outbox, so only committed events are included. Each call reads the table. For assertions:
 * {@code assertThat(events).contains(OrderPlaced.class)}.
 *
 * @since 0.1.0
 */
public final class CapturedEvents implements AssertProvider<CapturedEventsAssert> {

    private static final String LAST = "select coalesce(max(seq), 0) from outbox_event";

    private static final String SINCE = """
            select id, type, version, aggregatetype, aggregateid, aggregate_seq, topic, contenttype, headers, payload
            from outbox_event
            where seq > :since
            order by seq
            """;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final DomainEventTypes types;
    private final JsonMapper mapper;
    private volatile long since;

    CapturedEvents(JdbcClient jdbc, DomainEventTypes types, JsonMapper mapper) {
        this.jdbc = jdbc;
        this.types = types;
        this.mapper = mapper;
    }

    /** Leaves out all events up to now; called before each test. */
    public void forget() {
        since = jdbc.sql(LAST).query(Long.class).single();
    }

    /**
     * {@return all of them}
     *
     * @throws IllegalStateException if no class declares the type and version of one of them
     */
    public List<CapturedEvent> all() {
        return jdbc.sql(SINCE)
                .param("since", since)
                .query((row, number) -> read(row))
                .list();
    }

    /** {@return those of one class, in order} */
    public <T> List<T> of(Class<T> type) {
        return all().stream()
                .map(CapturedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** {@return assertions on the events as they are now} */
    @Override
    public CapturedEventsAssert assertThat() {
        return new CapturedEventsAssert(all());
    }

    /** If an event is published in two versions, the row has the earlier one, and its headers have the one that was raised. */
    private CapturedEvent read(ResultSet row) throws SQLException {
        EventPayload stored = EventPayload.of(row.getString("contenttype"), row.getBytes("payload"));
        NewerPayload raised = NewerPayload.from(headers(row), stored.contentType())
                .orElse(NewerPayload.of(row.getInt("version"), stored));
        EventType type = new EventType(row.getString("type"), raised.version());
        DomainEventType declared = types.all().stream()
                .filter(found -> found.eventType().equals(type))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("%s is in the outbox, but no class declares it".formatted(type)));
        return new CapturedEvent(
                row.getObject("id", UUID.class),
                type,
                new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid")),
                row.getLong("aggregate_seq"),
                row.getString("topic"),
                mapper.readValue(raised.payload().bytes(), declared.javaType()));
    }

    private Map<String, String> headers(ResultSet row) throws SQLException {
        String headers = row.getString("headers");
        return headers == null ? Map.of() : JsonMapper.shared().readValue(headers, HEADERS);
    }
}
