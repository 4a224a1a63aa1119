package dev.outbox.consumer.guard;

import dev.outbox.embedded.DatabaseKind;

class MariaDbSequenceGuardIT extends SequenceGuardContract {

    MariaDbSequenceGuardIT() {
        super(DatabaseKind.MARIADB);
    }
}
