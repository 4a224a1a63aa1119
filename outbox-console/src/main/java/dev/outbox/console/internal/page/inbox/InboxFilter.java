package dev.outbox.console.internal.page.inbox;

import dev.outbox.console.internal.page.Fields;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkingCause;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys with parked events, as a form names them: what is left empty is not asked for.
 *
 * @param consumer name of the consumer
 * @param key the key of the events
 * @param cause why the first event of the key is parked
 * @param reason the cause in words
 */
public record InboxFilter(
        @Nullable String consumer,
        @Nullable String key,
        @Nullable ParkingCause cause,
        @Nullable String reason) {

    /** Takes empty fields for missing ones. */
    public InboxFilter {
        consumer = Fields.text(consumer);
        key = Fields.text(key);
        reason = Fields.text(reason);
    }

    /** {@return whether it is about all keys} */
    public boolean isEmpty() {
        return consumer == null && key == null && cause == null && reason == null;
    }

    InboxSelection selection() {
        return new InboxSelection(consumer, key, cause, reason);
    }
}
