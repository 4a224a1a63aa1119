package dev.outbox.consumer.idempotent;

import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.internal.check.SwitchedOff;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of a service that injects beans of the inbox, but is to start without the inbox.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = IdempotentAutoConfiguration.class)
@ConditionalOnClass(KafkaAutoConfiguration.class)
@Conditional(InboxSwitchedOffAutoConfiguration.OnSwitchedOff.class)
public final class InboxSwitchedOffAutoConfiguration {

    private static final String ALL = "outbox.enabled";
    private static final String INBOX = "outbox.inbox.enabled";

    private final SwitchedOff inbox;

    InboxSwitchedOffAutoConfiguration(Environment environment) {
        this.inbox = SwitchedOff.by(environment, ALL, INBOX);
    }

    @Bean
    @ConditionalOnMissingBean
    Inbox outboxInbox() {
        return inbox.refusing(Inbox.class);
    }

    @Bean
    @ConditionalOnMissingBean
    ParkedInboxEvents parkedInboxEvents() {
        return inbox.refusing(ParkedInboxEvents.class);
    }

    static final class OnSwitchedOff extends AnyNestedCondition {

        OnSwitchedOff() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBooleanProperty(name = ALL, havingValue = false)
        static class All {}

        @ConditionalOnBooleanProperty(name = INBOX, havingValue = false)
        static class InboxAlone {}
    }
}
