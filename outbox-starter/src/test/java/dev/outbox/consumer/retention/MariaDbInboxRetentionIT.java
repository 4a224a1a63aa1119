package dev.outbox.consumer.retention;

import dev.outbox.embedded.DatabaseKind;

class MariaDbInboxRetentionIT extends InboxRetentionContract {

    MariaDbInboxRetentionIT() {
        super(DatabaseKind.MARIADB);
    }
}
