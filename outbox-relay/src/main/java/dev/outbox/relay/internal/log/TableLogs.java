package dev.outbox.relay.internal.log;

/** Opens what reads the table for one lane. Thread-safe. */
@FunctionalInterface
public interface TableLogs {

    /** {@return a log, for use by one lane} */
    OutboxLog open();
}
