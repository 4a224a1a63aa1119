package dev.outbox.sidecar;

import dev.outbox.embedded.LeftOutAutoConfigurations;

/**
 * The tests write their events with the producer's writer, so the producer is on their class path. The sidecar under test is a
 * separate process, which knows nothing of it.
 */
final class SidecarAlone extends LeftOutAutoConfigurations {

    SidecarAlone() {
        super(name -> name.startsWith("dev.outbox.")
                && !name.startsWith("dev.outbox.relay.")
                && !name.startsWith("dev.outbox.console."));
    }
}
