package dev.outbox.consumer.guard;

import dev.outbox.embedded.DatabaseKind;

class H2EventIdGuardIT extends EventIdGuardContract {

    H2EventIdGuardIT() {
        super(DatabaseKind.H2);
    }
}
