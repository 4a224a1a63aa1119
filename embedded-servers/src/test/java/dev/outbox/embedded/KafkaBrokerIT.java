package dev.outbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(20);

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
