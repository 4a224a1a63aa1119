package dev.outbox.relay;

import dev.outbox.embedded.DatabaseKind;

/** The same on MariaDB, whose relay deletes what it has published. */
class RelayParkingOnMariaDbIT extends RelayParkingIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }
}
