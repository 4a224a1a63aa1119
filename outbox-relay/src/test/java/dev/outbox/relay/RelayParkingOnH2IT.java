package dev.outbox.relay;

import dev.outbox.embedded.DatabaseKind;

/** The same on H2, whose relay deletes what it has published. */
class RelayParkingOnH2IT extends RelayParkingIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.H2;
    }
}
