package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayAutoConfiguration;
import dev.outbox.relay.replay.ReplayResult.Incomplete;
import dev.outbox.relay.replay.SwitchedOffAutoConfiguration;
import dev.outbox.store.EventSelection;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A service that embeds the relay and injects its beans, on H2. */
class SwitchedOffTests {

    @Test
    void itsBeansAreThereAndRefuseWhoeverCallsThem() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ReplayAutoConfiguration.class, SwitchedOffAutoConfiguration.class))
                .withPropertyValues("outbox.enabled=false")
                .run(context -> {
                    assertThatIllegalStateException()
                            .isThrownBy(
                                    () -> context.getBean(ParkedEvents.class).keys(1))
                            .withMessageContaining("ParkedEvents.keys cannot be called, as outbox.enabled is false");
                    assertThat(context.getBean(Replay.class).run(EventSelection.all()))
                            .isInstanceOfSatisfying(
                                    Incomplete.class,
                                    result -> assertThat(result.cause())
                                            .hasMessageContaining(
                                                    "Replay.run cannot be called, as outbox.enabled is false"));
                });
    }
}
