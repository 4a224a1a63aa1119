package dev.outbox.devservices.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

    private static final Duration ARRIVES_WITHIN = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void keepsWhatItAcknowledgedThroughAKill() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            long killed = broker.pid();
            send(broker, "before");
            broker.kill();
            assertThat(ProcessHandle.of(killed)).isEmpty();
            broker.restart();
            send(broker, "after");
            assertThat(broker.pid()).isNotEqualTo(killed);
            assertThat(receive(broker, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void findsItsDataAgainInAGivenDirectory() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory, 0)) {
            send(broker, "kept");
        }
        try (KafkaBroker broker = KafkaBroker.start(directory, 0)) {
            assertThat(receive(broker, 1)).containsExactly("kept");
        }
    }

    @Test
    void refusesAPortOnWhichAnotherServerListens() {
        try (KafkaBroker other = KafkaBroker.start()) {
            int port = portOf(other);
            assertThatIllegalStateException()
                    .isThrownBy(() -> KafkaBroker.start(directory, port))
                    .withMessageContaining("Kafka cannot be started on port " + port);
        }
    }

    @Test
    void doesNotTakeABrokerForItsOwnThatHasTakenItsPortWhileItWasAway() {
        try (KafkaBroker broker = KafkaBroker.start(directory.resolve("own"), 0)) {
            int port = portOf(broker);
            broker.kill();
            try (KafkaBroker other = KafkaBroker.start(directory.resolve("other"), port)) {
                assertThat(other.bootstrapServers()).isEqualTo(broker.bootstrapServers());
                assertThatIllegalStateException().isThrownBy(broker::restart);
            }
        }
    }

    private static int portOf(KafkaBroker broker) {
        String servers = broker.bootstrapServers();
        return Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
    }

    private static void send(KafkaBroker broker, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("notes", "key", value)).get();
        }
    }

    private static List<String> receive(KafkaBroker broker, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "readers",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("notes"));
            List<String> values = new ArrayList<>();
            long start = System.nanoTime();
            while (values.size() < count && System.nanoTime() - start < ARRIVES_WITHIN.toNanos()) {
                for (ConsumerRecord<String, String> received : consumer.poll(Duration.ofMillis(200))) {
                    values.add(received.value());
                }
            }
            return values;
        }
    }
}
