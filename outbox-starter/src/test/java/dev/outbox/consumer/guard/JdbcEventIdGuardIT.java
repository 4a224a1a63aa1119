package dev.outbox.consumer.guard;

import dev.outbox.embedded.DatabaseKind;

class JdbcEventIdGuardIT extends EventIdGuardContract {

    JdbcEventIdGuardIT() {
        super(DatabaseKind.POSTGRESQL);
    }
}
