package dev.outbox.consumer.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class InboxErrorHandlerTests {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final AtomicLong now = new AtomicLong();
    private final PartitionPauses pauses = new PartitionPauses(now::get);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void whatCouldNotBeTakenIsPolledAgainAfterAPause() {
        consumer.assign(Set.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.addRecord(eventAt(0));
        consumer.addRecord(eventAt(1));
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ZERO);
        assertThat(polled.count()).isEqualTo(2);

        new InboxErrorHandler(pauses, PAUSE)
                .handleBatch(new IllegalStateException("on purpose"), polled, consumer, container(), () -> {});
        assertThat(consumer.paused()).containsExactly(PARTITION);
        assertThat(consumer.position(PARTITION)).isZero();

        now.addAndGet(PAUSE.toNanos());
        assertThat(pauses.end(consumer)).isEmpty();
        assertThat(consumer.paused()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> eventAt(long offset) {
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, new byte[0], new byte[0]);
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container() {
        return new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties(PARTITION.topic()));
    }
}
