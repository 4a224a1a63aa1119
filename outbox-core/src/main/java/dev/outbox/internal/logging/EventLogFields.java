package dev.outbox.internal.logging;

import dev.outbox.event.EventEnvelope;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Says in the MDC which event a log line is about, so that structured logs have it as fields. Never the payload. What was in the
 * MDC before is there again when the fields are closed. For use by the thread that has opened them.
 */
public final class EventLogFields implements AutoCloseable {

    /** The id of the event. */
    public static final String EVENT_ID = "eventId";

    /** Its type, without the version. */
    public static final String EVENT_TYPE = "eventType";

    /** The kind of the aggregate that it happened to. */
    public static final String AGGREGATE_TYPE = "aggregateType";

    /** The trace in which it was raised; where a tracer has a trace of its own, that one stays. */
    public static final String TRACE_ID = "traceId";

    private static final String TRACEPARENT = "traceparent";

    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_END = 35;

    private final Map<String, @Nullable String> before = new HashMap<>();

    private EventLogFields() {}

    /** Opens the fields of an event. */
    public static EventLogFields of(EventEnvelope event) {
        return of(
                event.id().toString(),
                event.type().name(),
                event.aggregate().type(),
                event.headers().get(TRACEPARENT));
    }

    /**
     * Opens the fields of an event, as far as they are known.
     *
     * @param traceparent the header with its trace, as W3C defines it
     */
    public static EventLogFields of(
            @Nullable String id, @Nullable String type, @Nullable String aggregateType, @Nullable String traceparent) {
        EventLogFields fields = new EventLogFields();
        fields.put(EVENT_ID, id);
        fields.put(EVENT_TYPE, type);
        fields.put(AGGREGATE_TYPE, aggregateType);
        if (MDC.get(TRACE_ID) == null && traceparent != null && traceparent.length() > TRACE_ID_END) {
            fields.put(TRACE_ID, traceparent.substring(TRACE_ID_AT, TRACE_ID_END));
        }
        return fields;
    }

    /** Logs with the fields of an event. */
    public static void log(EventEnvelope event, Runnable line) {
        try (EventLogFields fields = of(event)) {
            fields.run(line);
        }
    }

    /** Does something while they are open. */
    public void run(Runnable work) {
        work.run();
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                MDC.remove(name);
            } else {
                MDC.put(name, value);
            }
        });
    }

    private void put(String name, @Nullable String value) {
        if (value != null) {
            before.put(name, MDC.get(name));
            MDC.put(name, value);
        }
    }
}
