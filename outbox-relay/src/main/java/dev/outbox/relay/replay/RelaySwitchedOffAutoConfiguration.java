package dev.outbox.relay.replay;

import dev.outbox.internal.check.SwitchedOff;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that lets a service that injects beans of the relay start while the relay is switched off.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = ReplayAutoConfiguration.class)
@Conditional(RelaySwitchedOffAutoConfiguration.OnSwitchedOff.class)
public final class RelaySwitchedOffAutoConfiguration {

    private static final String ALL = "outbox.enabled";
    private static final String RELAY = "outbox.relay.enabled";

    private final SwitchedOff relay;

    RelaySwitchedOffAutoConfiguration(Environment environment) {
        this.relay = SwitchedOff.by(environment, ALL, RELAY);
    }

    @Bean
    @ConditionalOnMissingBean
    ParkedEvents outboxParkedEvents() {
        return relay.refusing(ParkedEvents.class);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneRebase outboxLaneRebase() {
        return relay.refusing(LaneRebase.class);
    }

    /** Each replay is incomplete, with the refusal as its cause. */
    @Bean
    @ConditionalOnMissingBean
    Replay outboxReplay() {
        return new Replay(
                relay.refusing(OutboxArchive.class),
                name -> {
                    throw relay.refusal("Replay.run");
                },
                new ReadBudget(1, 1),
                System::nanoTime,
                RelayMeters.NONE);
    }

    static final class OnSwitchedOff extends AnyNestedCondition {

        OnSwitchedOff() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnBooleanProperty(name = ALL, havingValue = false)
        static class All {}

        @ConditionalOnBooleanProperty(name = RELAY, havingValue = false)
        static class RelayAlone {}
    }
}
