package dev.outbox.console.internal.api;

import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.operations.Outboxes;
import org.jspecify.annotations.Nullable;

/** Finds the outbox that a request is about; it need not say which one if there is only one. */
public final class ChosenOutbox {

    private final Outboxes outboxes;

    public ChosenOutbox(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    /**
     * {@return the outbox}
     *
     * @param name its name, or null
     * @throws IllegalArgumentException if there are several, and none is named
     * @throws dev.outbox.relay.operations.UnavailableOutboxException if there is none of this name, or it is not relayed yet
     */
    public OutboxOperations of(@Nullable String name) {
        if (name != null) {
            return outboxes.named(name);
        }
        if (outboxes.names().size() > 1) {
            throw new IllegalArgumentException(
                    "Say which outbox, by the parameter 'outbox': " + String.join(", ", outboxes.names()));
        }
        return outboxes.named(outboxes.names().get(0));
    }
}
