package dev.outbox.consumer.retention;

import dev.outbox.embedded.DatabaseKind;

class H2InboxRetentionIT extends InboxRetentionContract {

    H2InboxRetentionIT() {
        super(DatabaseKind.H2);
    }
}
