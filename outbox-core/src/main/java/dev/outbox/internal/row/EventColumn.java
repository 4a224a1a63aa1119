package dev.outbox.internal.row;

import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.HeadersJson;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A column of several events, as an array parameter of a statement: for any number of events, the text of the statement, and
 * therefore its plan, is the same.
 *
 * @param parameter name of the parameter
 * @param type element type of the array in PostgreSQL
 * @param values one for each event, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // it goes to the driver as it is, and is never compared
public record EventColumn(
        String parameter, String type, @Nullable Object[] values) {

    private static final HeadersJson HEADERS = new HeadersJson();

    /** {@return every column that the events themselves determine} */
    public static List<EventColumn> of(List<EventEnvelope> events) {
        return List.of(
                column("ids", "uuid", events, EventEnvelope::id),
                column("types", "text", events, event -> event.type().name()),
                column("versions", "int4", events, event -> event.type().version()),
                column(
                        "aggregateTypes",
                        "text",
                        events,
                        event -> event.aggregate().type()),
                column(
                        "aggregateIds",
                        "text",
                        events,
                        event -> event.aggregate().id()),
                column("buckets", "int2", events, event -> event.aggregate().bucket()),
                column("topics", "text", events, EventEnvelope::topic),
                column("sources", "text", events, EventEnvelope::source),
                column("times", "timestamptz", events, event -> event.time().toString()),
                column("contentTypes", "text", events, event -> event.payload().contentType()),
                column("headers", "text", events, event -> HEADERS.write(event.headers())),
                column(
                        "payloads",
                        "bytea",
                        events,
                        byte[][]::new,
                        event -> event.payload().bytes()));
    }

    private static EventColumn column(
            String parameter,
            String type,
            List<EventEnvelope> events,
            Function<EventEnvelope, @Nullable Object> value) {
        return column(parameter, type, events, Object[]::new, value);
    }

    private static EventColumn column(
            String parameter,
            String type,
            List<EventEnvelope> events,
            IntFunction<Object[]> newArray,
            Function<EventEnvelope, @Nullable Object> value) {
        return new EventColumn(parameter, type, events.stream().map(value).toArray(newArray));
    }
}
