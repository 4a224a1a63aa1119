package dev.outbox.inbox.parking;

import org.jspecify.annotations.Nullable;

/**
 * What a release came to.
 *
 * @param handled how many events the handlers were called for
 * @param passed how many were passed over: given up, or handled before
 * @param failure why it ended before all of the key was released, or null if nothing of it is parked any more
 */
public record ReleaseResult(
        int handled, int passed, @Nullable String failure) {

    /** {@return whether nothing of the key is parked any more} */
    public boolean complete() {
        return failure == null;
    }
}
