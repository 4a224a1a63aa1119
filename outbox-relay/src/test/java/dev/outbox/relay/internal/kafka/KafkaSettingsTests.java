package dev.outbox.relay.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** What the relay's clients of Kafka take over from the service, and what not. */
class KafkaSettingsTests {

    private static final Map<String, Object> CONNECTION = Map.of(
            "bootstrap.servers", "broker:9092",
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", "secret",
            "ssl.truststore.location", "/trust",
            "client.rack", "a",
            "my.login.handler", "its own");

    @Test
    void takesOverHowTheBrokerIsReachedAndHowMuchIsSentAtATime() {
        Map<String, Object> service = new HashMap<>(CONNECTION);
        service.put("compression.type", "zstd");
        service.put("linger.ms", 5);
        service.put("max.request.size", 2_000_000);
        BrokerSettings settings = BrokerSettings.from(service);

        assertThat(settings.producer()).containsAllEntriesOf(service);
        assertThat(settings.refused()).isEmpty();
        assertThat(settings.maxRequestSize()).isEqualTo(2_000_000);
    }

    @Test
    void takesOverNothingThatMayMoveARecordOrChangeIt() {
        Map<String, Object> service = Map.of(
                "partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                "partitioner.ignore.keys", true,
                "partitioner.availability.timeout.ms", 5,
                "interceptor.classes", "Any",
                "transactional.id", "mine",
                "acks", "1",
                "key.serializer", "Any");
        BrokerSettings settings = BrokerSettings.from(service);

        assertThat(settings.producer()).doesNotContainKeys(service.keySet().toArray(String[]::new));
        assertThat(settings.refused())
                .containsOnlyKeys(
                        "partitioner.class",
                        "partitioner.ignore.keys",
                        "partitioner.availability.timeout.ms",
                        "interceptor.classes",
                        "transactional.id",
                        "acks");
    }

    @Test
    void aBrokerThatIsAwayIsNotLookedForWithoutAPause() {
        BrokerSettings settings = BrokerSettings.from(CONNECTION);

        assertThat(settings.producer())
                .containsEntry("reconnect.backoff.ms", 500)
                .containsEntry("reconnect.backoff.max.ms", 3_000);
        assertThat(settings.admin())
                .containsEntry("metadata.recovery.strategy", "none")
                .containsEntry("reconnect.backoff.ms", 500)
                .containsEntry("reconnect.backoff.max.ms", 3_000);
        assertThat(BrokerSettings.from(Map.of("reconnect.backoff.max.ms", 100)).producer())
                .as("what the service says")
                .containsEntry("reconnect.backoff.max.ms", 100)
                .doesNotContainKey("reconnect.backoff.ms");
    }

    @Test
    void asksAboutTopicsAsTheUserWhoWritesToThem() {
        Map<String, Object> service = new HashMap<>(CONNECTION);
        service.put("linger.ms", 5);
        Map<String, Object> admin = BrokerSettings.from(service).admin();

        assertThat(admin).containsAllEntriesOf(CONNECTION);
        assertThat(admin.keySet().stream().filter(ProducerConfig.configNames()::contains))
                .allMatch(AdminClientConfig.configNames()::contains);
    }
}
