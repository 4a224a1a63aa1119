package dev.outbox.consumer;

import dev.outbox.embedded.DatabaseKind;

/** At REPEATABLE READ, the default of MariaDB. */
class MariaDbPollIntervalIT extends HandOverContract {

    MariaDbPollIntervalIT() throws Exception {
        super(DatabaseKind.MARIADB);
    }
}
