package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.parking.ParkingCause;

/** What happened to a received record. */
public sealed interface InboxOutcome {

    /** The handlers have run and their transaction is committed. */
    record Handled() implements InboxOutcome {}

    /** An earlier delivery of the event was handled; nothing was changed. */
    record Duplicate() implements InboxOutcome {}

    /**
     * It is parked in the committed transaction.
     *
     * @param cause why it is parked
     */
    record Parked(ParkingCause cause) implements InboxOutcome {}

    /**
     * The record does not concern this service; nothing was changed.
     *
     * @param reason why it is ignored
     */
    record Ignored(String reason) implements InboxOutcome {}
}
