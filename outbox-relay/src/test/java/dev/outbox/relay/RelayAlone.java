package dev.outbox.relay;

import dev.outbox.embedded.LeftOutAutoConfigurations;

/**
 * The tests write their events with the producer's writer, so the producer is on their class path. The relay under test is a
 * separate process, which knows nothing of it. What the relay itself names stays.
 */
final class RelayAlone extends LeftOutAutoConfigurations {

    RelayAlone() {
        super(name -> name.startsWith("dev.outbox.")
                && !name.startsWith("dev.outbox.relay.")
                && !name.startsWith("dev.outbox.internal.status."));
    }
}
