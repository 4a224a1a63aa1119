package dev.outbox.producer.internal.metrics;

/** Why an event was refused. */
public enum RefusalReason {
    /** Its class is not a declared event. */
    UNDECLARED,
    /** It was raised without a transaction. */
    NO_TRANSACTION,
    /** Its transaction is read-only. */
    READ_ONLY,
    /** The outbox does not take part in its transaction. */
    FOREIGN_TRANSACTION,
    /** Its transaction was committing already, or had been committed. */
    TOO_LATE,
    /** Its transaction was marked rollback-only while it was committing. */
    ROLLBACK_ONLY,
    /** It has no usable aggregate id. */
    AGGREGATE_ID,
    /** It has no usable aggregate sequence. */
    AGGREGATE_SEQUENCE,
    /** It cannot be serialised. */
    PAYLOAD,
    /** Its payload is larger than is allowed. */
    TOO_LARGE,
    /** It was given a header that cannot be stored. */
    HEADER,
    /** It has data of a subject that was forgotten. */
    FORGOTTEN,
    /** A projection raised it. */
    PROJECTION
}
