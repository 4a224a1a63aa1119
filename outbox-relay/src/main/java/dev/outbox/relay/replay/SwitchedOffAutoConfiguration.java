package dev.outbox.relay.replay;

import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.setup.SwitchedOff;
import dev.outbox.store.OutboxArchive;
import dev.outbox.store.ReadBudget;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of a service that is to start without the relay whose beans it injects, for want of PostgreSQL. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "outbox.enabled", havingValue = false)
public final class SwitchedOffAutoConfiguration {

    SwitchedOffAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ParkedEvents outboxParkedEvents() {
        return SwitchedOff.refusing(ParkedEvents.class);
    }

    /** Each replay is incomplete, with the refusal as its cause. */
    @Bean
    @ConditionalOnMissingBean
    Replay outboxReplay() {
        return new Replay(
                SwitchedOff.refusing(OutboxArchive.class),
                name -> {
                    throw SwitchedOff.refusal("Replay.run");
                },
                new ReadBudget(1, 1));
    }
}
