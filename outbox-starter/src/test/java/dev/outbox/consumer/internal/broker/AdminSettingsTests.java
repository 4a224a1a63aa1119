package dev.outbox.consumer.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminSettingsTests {

    @Test
    void aBrokerThatIsAwayIsNotLookedForWithoutAPause() {
        assertThat(AdminSettings.ofConsumers(Map.of("bootstrap.servers", "broker:9092")))
                .containsEntry("metadata.recovery.strategy", "none")
                .containsEntry("reconnect.backoff.ms", 500)
                .containsEntry("reconnect.backoff.max.ms", 3_000);
    }

    @Test
    void whatTheServiceSaysIsTaken() {
        Map<String, Object> service = Map.of(
                "bootstrap.servers", "broker:9092",
                "metadata.recovery.strategy", "rebootstrap",
                "reconnect.backoff.max.ms", 100);

        assertThat(AdminSettings.quiet(service)).isEqualTo(service);
    }

    @Test
    void whatConsumersAloneKnowIsLeftOut() {
        Map<String, Object> settings =
                AdminSettings.ofConsumers(Map.of("group.id", "orders", "sasl.jaas.config", "secret", "its.own", 1));

        assertThat(settings)
                .doesNotContainKey("group.id")
                .containsEntry("sasl.jaas.config", "secret")
                .containsEntry("its.own", 1);
    }
}
