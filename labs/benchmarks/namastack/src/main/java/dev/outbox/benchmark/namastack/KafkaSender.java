package dev.outbox.benchmark.namastack;

import dev.outbox.benchmark.contender.Settings;
import java.util.concurrent.ExecutionException;
import org.springframework.kafka.core.KafkaTemplate;

/** Sends one event and waits for its ack. */
record KafkaSender(KafkaTemplate<String, String> kafka, Settings settings) {

    void send(String key, String payload) {
        try {
            kafka.send(settings.topic(), key, payload).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an ack", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker refused a record", e);
        }
    }
}
