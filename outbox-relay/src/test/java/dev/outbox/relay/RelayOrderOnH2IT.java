package dev.outbox.relay;

import dev.outbox.embedded.DatabaseKind;

/** The same on H2, whose relay deletes what it has published. */
class RelayOrderOnH2IT extends RelayOrderIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.H2;
    }
}
