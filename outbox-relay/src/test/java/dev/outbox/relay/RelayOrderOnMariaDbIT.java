package dev.outbox.relay;

import dev.outbox.embedded.DatabaseKind;

/** The same on MariaDB, whose relay deletes what it has published. */
class RelayOrderOnMariaDbIT extends RelayOrderIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }
}
