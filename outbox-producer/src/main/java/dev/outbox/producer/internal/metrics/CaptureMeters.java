package dev.outbox.producer.internal.metrics;

import dev.outbox.event.EventEnvelope;

/** Counts what is captured, once it is committed, and what is refused. Thread-safe. */
public interface CaptureMeters {

    /** Counts nothing. */
    CaptureMeters NONE = new CaptureMeters() {};

    /** An event was committed. */
    default void captured(EventEnvelope event) {}

    /** An event was refused. */
    default void refused(RefusalReason reason) {}
}
