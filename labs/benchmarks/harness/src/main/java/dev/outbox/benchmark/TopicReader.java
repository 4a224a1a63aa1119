package dev.outbox.benchmark;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads events and notes what came when. For one thread. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Arrivals arrivals = new Arrivals();

    TopicReader(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets) {
        this.consumer = consumer;
        consumer.assign(offsets.keySet());
        offsets.forEach(consumer::seek);
    }

    /** {@return what has arrived until so many records were there, or none came for a while} */
    Arrivals read(long records, Duration patience) {
        long silentSince = System.nanoTime();
        while (arrivals.records() < records && System.nanoTime() - silentSince < patience.toNanos()) {
            if (poll() > 0) {
                silentSince = System.nanoTime();
            }
        }
        return arrivals;
    }

    /** Takes what is there, or waits a moment. */
    int poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            arrivals.add(numberIn(record.value()), micros);
        }
        return records.count();
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** However the payload is wrapped, its number stands between two marks. */
    static long numberIn(byte[] value) {
        int at = 0;
        while (value[at] != BenchmarkEvent.MARK) {
            at++;
        }
        long number = 0;
        for (at++; value[at] != BenchmarkEvent.MARK; at++) {
            number = number * 10 + (value[at] - '0');
        }
        return number;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
