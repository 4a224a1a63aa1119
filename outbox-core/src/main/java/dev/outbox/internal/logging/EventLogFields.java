package dev.outbox.internal.logging;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Say in the MDC which event a log line is about, so that structured logs have it as fields. Never the payload. Immutable.
 */
public final class EventLogFields {

    /** The id of the event. */
    public static final String EVENT_ID = "eventId";

    /** Its type, without the version. */
    public static final String EVENT_TYPE = "eventType";

    /** The kind of the aggregate that it happened to. */
    public static final String AGGREGATE_TYPE = "aggregateType";

    /** The trace in which it was raised; where a tracer has a trace of its own, that one stays. */
    public static final String TRACE_ID = "traceId";

    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_END = 35;

    private final Map<String, String> fields;

    private EventLogFields(Map<String, String> fields) {
        this.fields = fields;
    }

    /** {@return the fields of an event} */
    public static EventLogFields of(EventEnvelope event) {
        return of(
                event.id().toString(),
                event.type().name(),
                event.aggregate().type(),
                event.headers().get(EventHeaders.TRACE_PARENT));
    }

    /**
     * {@return the fields of an event, as far as they are known}
     *
     * @param traceparent the header with its trace, as W3C defines it
     */
    public static EventLogFields of(
            @Nullable String id, @Nullable String type, @Nullable String aggregateType, @Nullable String traceparent) {
        Map<String, String> fields = new HashMap<>();
        putIfKnown(fields, EVENT_ID, id);
        putIfKnown(fields, EVENT_TYPE, type);
        putIfKnown(fields, AGGREGATE_TYPE, aggregateType);
        if (traceparent != null && traceparent.length() > TRACE_ID_END) {
            fields.put(TRACE_ID, traceparent.substring(TRACE_ID_AT, TRACE_ID_END));
        }
        return new EventLogFields(fields);
    }

    /** Does something while the fields are in the MDC of this thread. What was there before is there again afterwards. */
    public void run(Runnable work) {
        Map<String, @Nullable String> before = new HashMap<>();
        fields.forEach((name, value) -> {
            String present = MDC.get(name);
            if (present == null || !name.equals(TRACE_ID)) {
                before.put(name, present);
                MDC.put(name, value);
            }
        });
        try {
            work.run();
        } finally {
            before.forEach(EventLogFields::restore);
        }
    }

    private static void putIfKnown(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static void restore(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
