package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** A service that injects what the relay offers starts where a property has switched the relay off. */
class SwitchedOffTests {

    @ParameterizedTest
    @ValueSource(strings = {"outbox.enabled", "outbox.relay.enabled"})
    void whatItInjectsRefusesWhoeverCallsIt(String property) {
        new ApplicationContextRunner()
                .withUserConfiguration(Service.class)
                .withBean(Operations.class)
                .withPropertyValues(property + "=false", "spring.flyway.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Operations operations = context.getBean(Operations.class);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> operations.parked().keys(1))
                            .withMessageContaining(
                                    "ParkedEvents.keys cannot be called, because %s is false. Set it to true",
                                    property);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> operations.rebase().keep())
                            .withMessageContaining("LaneRebase.keep cannot be called, because %s is false", property);
                    assertThat(operations.replay().run(EventSelection.all()))
                            .isInstanceOfSatisfying(
                                    ReplayResult.Incomplete.class,
                                    incomplete -> assertThat(incomplete.cause())
                                            .hasMessageContaining(
                                                    "Replay.run cannot be called, because %s is false", property));
                });
    }

    record Operations(ParkedEvents parked, LaneRebase rebase, Replay replay) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Service {}
}
