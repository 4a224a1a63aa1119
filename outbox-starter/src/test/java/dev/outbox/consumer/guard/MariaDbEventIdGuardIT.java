package dev.outbox.consumer.guard;

import dev.outbox.embedded.DatabaseKind;

class MariaDbEventIdGuardIT extends EventIdGuardContract {

    MariaDbEventIdGuardIT() {
        super(DatabaseKind.MARIADB);
    }
}
