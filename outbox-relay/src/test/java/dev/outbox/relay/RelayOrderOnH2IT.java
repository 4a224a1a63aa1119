package dev.outbox.relay;

import dev.outbox.embedded.DatabaseKind;

/** On H2, the relay deletes what it has published, and transactions with events take turns. */
class RelayOrderOnH2IT extends RelayOrderContract {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.H2;
    }
}
