package dev.outbox.inbox;

import dev.outbox.inbox.parking.ParkingCause;

/** What became of a received record. */
sealed interface InboxOutcome {

    /** The handlers have run and their transaction is committed. */
    record Handled() implements InboxOutcome {}

    /** An earlier delivery of the event has been handled; nothing was changed. */
    record Duplicate() implements InboxOutcome {}

    /**
     * It is parked, in the transaction that is committed.
     *
     * @param cause why
     */
    record Parked(ParkingCause cause) implements InboxOutcome {}

    /**
     * The record is none of this service's business; nothing was changed.
     *
     * @param reason why
     */
    record Ignored(String reason) implements InboxOutcome {}
}
