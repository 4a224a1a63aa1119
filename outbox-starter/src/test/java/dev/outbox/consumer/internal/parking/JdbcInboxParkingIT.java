package dev.outbox.consumer.internal.parking;

import dev.outbox.embedded.DatabaseKind;

class JdbcInboxParkingIT extends InboxParkingContract {

    JdbcInboxParkingIT() {
        super(DatabaseKind.POSTGRESQL);
    }
}
