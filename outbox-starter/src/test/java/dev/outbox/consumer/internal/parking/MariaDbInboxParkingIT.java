package dev.outbox.consumer.internal.parking;

import dev.outbox.embedded.DatabaseKind;

class MariaDbInboxParkingIT extends InboxParkingContract {

    MariaDbInboxParkingIT() {
        super(DatabaseKind.MARIADB);
    }
}
