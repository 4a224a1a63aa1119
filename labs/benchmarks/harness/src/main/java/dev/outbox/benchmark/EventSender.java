package dev.outbox.benchmark;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Fills a topic with events as our relay sends them, for those who are to consume them.
 *
 * @param topic its name
 * @param bootstrapServers the broker
 */
record EventSender(String topic, String bootstrapServers) {

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    /** Sends events, and returns when all of them are there. */
    void send(long first, long count) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new StringSerializer())) {
            for (long number = first; number < first + count; number++) {
                sent.add(producer.send(kafkaRecord(new BenchmarkEvent(number))));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private ProducerRecord<String, String> kafkaRecord(BenchmarkEvent event) {
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, event.key(), event.json());
        headers(event).forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return sent;
    }

    private static Map<String, String> headers(BenchmarkEvent event) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_id", IDS.generate().toString(),
                "ce_source", "/account-service",
                "ce_type", "AccountChanged",
                "ce_subject", event.key(),
                "ce_time", "2026-01-01T12:00:00.123456Z",
                "ce_dataversion", "1",
                "ce_sequence", Long.toString(sequence(event.number())),
                "content-type", "application/json");
    }

    /** Numbers come in bursts of one aggregate, and all aggregates take turns. */
    private static long sequence(long number) {
        long round = number / BenchmarkEvent.BURST / BenchmarkEvent.KEYS;
        return round * BenchmarkEvent.BURST + number % BenchmarkEvent.BURST + 1;
    }
}
