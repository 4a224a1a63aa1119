package dev.outbox.consumer.internal.parking;

import dev.outbox.embedded.DatabaseKind;

class H2InboxParkingIT extends InboxParkingContract {

    H2InboxParkingIT() {
        super(DatabaseKind.H2);
    }
}
