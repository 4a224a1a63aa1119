package dev.outbox.console.internal.decision;

import dev.outbox.audit.AuditTrail;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.schema.CurrentTables;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Auto-configuration of what an operator decides about the inbox of a service. */
@AutoConfiguration(afterName = "dev.outbox.consumer.internal.inbox.InboxAutoConfiguration")
@ConditionalOnClass(ParkedInboxEvents.class)
@ConditionalOnBean({ParkedInboxEvents.class, OutboxDatabase.class, CurrentTables.class})
@ConditionalOnBooleanProperty(
        name = {"outbox.console.enabled", "outbox.enabled", "outbox.inbox.enabled"},
        matchIfMissing = true)
public final class InboxDecisionAutoConfiguration {

    InboxDecisionAutoConfiguration() {}

    /** On the data source of the inbox, so that the row is part of the transaction in which a decision begins. */
    @Bean
    InboxDecisions outboxInboxDecisions(
            ObjectProvider<ParkedInboxEvents> parked, OutboxDatabase database, CurrentTables current) {
        return new InboxDecisions(
                parked::getObject,
                SingletonSupplier.of(() -> AuditTrail.on(database.product(), database.dataSource(), current.tables())));
    }
}
