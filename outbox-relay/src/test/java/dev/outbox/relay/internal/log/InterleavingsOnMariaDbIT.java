package dev.outbox.relay.internal.log;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.internal.queue.EventQueue;
import dev.outbox.relay.internal.queue.QueuedLog;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;

/** The same on MariaDB, at the isolation level that it has without any settings: repeatable read. */
class InterleavingsOnMariaDbIT extends InterleavingsIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }

    @Override
    OutboxLog log(DataSource dataSource) {
        return new QueuedLog(EventQueue.on(DatabaseProduct.MARIADB, dataSource, OutboxTables.ON_SEARCH_PATH));
    }
}
