package dev.outbox.relay.internal.outboxes;

import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;

/** What the context of an outbox has of the sidecar. */
interface OutboxContextExtension {

    /** Nothing. */
    OutboxContextExtension NONE = new OutboxContextExtension() {};

    /** {@return settings, which those of the outbox itself override} */
    default Map<String, Object> properties() {
        return Map.of();
    }

    /** Adds beans to a context that is about to be started. */
    default void extend(String outbox, GenericApplicationContext context) {}
}
