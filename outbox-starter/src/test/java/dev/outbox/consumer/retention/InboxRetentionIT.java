package dev.outbox.consumer.retention;

import dev.outbox.embedded.DatabaseKind;

class InboxRetentionIT extends InboxRetentionContract {

    InboxRetentionIT() {
        super(DatabaseKind.POSTGRESQL);
    }
}
