package dev.outbox.consumer.parking;

import org.jspecify.annotations.Nullable;

/**
 * The result of a release, of one key or of all.
 *
 * @param handled how many events the handlers were called for
 * @param passed how many were passed over: discarded, or handled before
 * @param failure why the release ended before all events were released, or null if none is parked any longer
 * @since 0.1.0
 */
public record ReleaseResult(
        int handled, int passed, @Nullable String failure) {

    /** {@return whether nothing of what was released is parked any longer} */
    public boolean complete() {
        return failure == null;
    }
}
