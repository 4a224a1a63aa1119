package dev.outbox.console.internal.page.inbox;

import dev.outbox.consumer.parking.ParkingCause;
import org.jspecify.annotations.Nullable;

/** Why an event of the inbox is parked, for a person. */
public final class CauseWords {

    CauseWords() {}

    /** {@return the reason if there is one, or else what the cause means} */
    public String of(ParkingCause cause, @Nullable String reason) {
        if (reason != null) {
            return reason;
        }
        return switch (cause) {
            case FAILED -> "Its handler failed.";
            case BEHIND -> "It waits behind an earlier event of its key.";
            case GAP ->
                "An event before it has not arrived. It is handled when that one is; a release does not wait for it.";
            case FORK -> "Another event was handled under the same number: the producer's database has lost commits.";
            case LATE -> "Later events of its aggregate were handled without it.";
        };
    }
}
