package dev.outbox.relay.internal.replication;

import java.util.Map;
import java.util.Optional;

/** What health shows of an engine that depends on a replication slot. Thread-safe. */
public interface EngineMonitor {

    /** {@return the name of the engine} */
    String engine();

    /** {@return its state} */
    Map<String, Object> details();

    /** {@return what the server last said about the replication slot; nothing if it was not asked yet} */
    Optional<Heartbeat> heartbeat();

    /** {@return why events wait, if they wait for something that this engine cannot do} */
    default Optional<String> trouble() {
        return Optional.empty();
    }
}
