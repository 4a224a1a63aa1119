package dev.outbox.inbox;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The ids of processed events in a table. Whether an event is new is told by the number of rows inserted and never by a
 * duplicate-key error, which would abort the transaction on PostgreSQL.
 */
final class JdbcEventIdGuard implements InboxGuard {

    private static final String ENTER = """
            insert into inbox_event (consumer, source, event_id, type, handled_at)
            values (:consumer, :source, :eventId, :type, now())
            on conflict (consumer, source, event_id) do nothing
            """;

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    JdbcEventIdGuard(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public boolean admit(String consumer, EventMetadata event) {
        requireTransactionOfDataSource(event);
        return jdbc.sql(ENTER)
                        .param("consumer", consumer)
                        .param("source", event.source())
                        .param("eventId", event.id())
                        .param("type", event.type())
                        .update()
                == 1;
    }

    /** Without the transaction's own connection the row would be committed at once, before any effect. */
    private void requireTransactionOfDataSource(EventMetadata event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalStateException(
                    ("%s cannot be entered into the inbox: the current transaction, if any, is not"
                                    + " one of the DataSource that holds the inbox (%s). Let the service use the transaction"
                                    + " manager of that DataSource (JPA or JDBC), as its @Primary one if there are several.")
                            .formatted(event, dataSource));
        }
    }
}
