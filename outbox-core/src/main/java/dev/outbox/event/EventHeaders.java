package dev.outbox.event;

/**
 * Names of the Kafka record headers, defined only here: CloudEvents 1.0 in the binary content mode of its Kafka protocol
 * binding, and W3C Trace Context.
 *
 * @since 0.1.0
 */
public final class EventHeaders {

    /** Version of CloudEvents: {@value #SPEC_VERSION_VALUE}. */
    public static final String SPEC_VERSION = "ce_specversion";

    /** The value of {@link #SPEC_VERSION}. */
    public static final String SPEC_VERSION_VALUE = "1.0";

    /** {@link EventEnvelope#id()}. */
    public static final String ID = "ce_id";

    /** {@link EventEnvelope#source()}. */
    public static final String SOURCE = "ce_source";

    /** {@link EventType#name()}. */
    public static final String TYPE = "ce_type";

    /** {@link AggregateRef#id()}. */
    public static final String SUBJECT = "ce_subject";

    /** {@link EventEnvelope#time()} as RFC 3339. */
    public static final String TIME = "ce_time";

    /** {@link EventType#version()}; an extension attribute. */
    public static final String DATA_VERSION = "ce_dataversion";

    /** Dense number of the event within its aggregate, counted from 1; an extension attribute. */
    public static final String SEQUENCE = "ce_sequence";

    /** The replay that a record belongs to, only on records published again on request; an extension attribute. */
    public static final String REPLAY = "ce_replay";

    /** {@link EventPayload#contentType()}. */
    public static final String CONTENT_TYPE = "content-type";

    /** Version of {@link #NEWER_PAYLOAD}, a whole number. */
    public static final String NEWER_VERSION = "outbox-newer-version";

    /**
     * The current version in Base64, on a record whose payload has an earlier version for consumers that know only that one.
     */
    public static final String NEWER_PAYLOAD = "outbox-newer-payload";

    /**
     * What is encrypted in the payload, and under the keys of which subjects: a JSON object with a subject for each member.
     */
    public static final String PERSONAL = "outbox-personal";

    /** That the whole payload is encrypted, and under whose keys. */
    public static final String ENCRYPTED = "outbox-encrypted";

    /** W3C trace context of the transaction that raised the event. */
    public static final String TRACE_PARENT = "traceparent";

    /** Vendor part of the W3C trace context. */
    public static final String TRACE_STATE = "tracestate";

    /**
     * All headers of the event in one, as a JSON object: only on records that Debezium's router has made of the table, which
     * has them in one column.
     */
    public static final String ALL = "outbox-headers";

    private static final String CLOUD_EVENTS_PREFIX = "ce_";

    private EventHeaders() {}

    /** {@return the header of an attribute of CloudEvents, such as {@code subject}} */
    public static String attribute(String name) {
        return CLOUD_EVENTS_PREFIX + name;
    }

    /** {@return whether the name is reserved for the headers of every record, so an event must not use it} */
    public static boolean isReserved(String name) {
        return name.startsWith(CLOUD_EVENTS_PREFIX) || name.equals(CONTENT_TYPE) || name.equals(ALL);
    }

    /** {@return whether the name is reserved for events of some versions, so a service's own headers must not use it} */
    public static boolean isOfNewerPayload(String name) {
        return name.equals(NEWER_VERSION) || name.equals(NEWER_PAYLOAD);
    }

    /** {@return whether the name is reserved for events that are encrypted, so a service's own headers must not use it} */
    public static boolean isOfEncryption(String name) {
        return name.equals(PERSONAL) || name.equals(ENCRYPTED);
    }
}
