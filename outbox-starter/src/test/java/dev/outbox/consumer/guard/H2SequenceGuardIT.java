package dev.outbox.consumer.guard;

import dev.outbox.embedded.DatabaseKind;

class H2SequenceGuardIT extends SequenceGuardContract {

    H2SequenceGuardIT() {
        super(DatabaseKind.H2);
    }
}
