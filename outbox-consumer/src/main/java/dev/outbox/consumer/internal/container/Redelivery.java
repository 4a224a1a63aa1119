package dev.outbox.consumer.internal.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Before each poll, delivers again the records that have waited long enough. The application's own interceptor sees them as it
 * sees polled records: records that it leaves out are passed over, and if it fails, all of them wait again.
 */
final class Redelivery implements BatchInterceptor<byte[], byte[]> {

    private final InboxListener listener;
    private final BatchInterceptor<byte[], byte[]> around;

    /** @param around the application's own interceptor, if it has one */
    Redelivery(InboxListener listener, @Nullable BatchInterceptor<byte[], byte[]> around) {
        this.listener = listener;
        this.around = around == null ? (polled, consumer) -> polled : around;
    }

    @Override
    @SuppressWarnings("unchecked") // the container's own consumer, whose records these are
    public void setupThreadState(Consumer<?, ?> consumer) {
        around.setupThreadState(consumer);
        List<ConsumerRecord<byte[], byte[]>> due = listener.due(consumer);
        if (!due.isEmpty()) {
            deliver(due, (Consumer<byte[], byte[]>) consumer);
        }
    }

    private void deliver(List<ConsumerRecord<byte[], byte[]>> due, Consumer<byte[], byte[]> consumer) {
        ConsumerRecords<byte[], byte[]> intercepted;
        try {
            intercepted = around.intercept(recordsOf(due), consumer);
        } catch (RuntimeException | Error failed) {
            listener.hold(due, failed, consumer);
            return;
        }
        if (intercepted != null) {
            List<ConsumerRecord<byte[], byte[]>> left = new ArrayList<>(intercepted.count());
            intercepted.forEach(left::add);
            listener.deliver(left, consumer);
            around.success(intercepted, consumer);
        }
    }

    private static ConsumerRecords<byte[], byte[]> recordsOf(List<ConsumerRecord<byte[], byte[]>> due) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = due.stream()
                .collect(Collectors.groupingBy(
                        waited -> new TopicPartition(waited.topic(), waited.partition()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return new ConsumerRecords<>(byPartition, Map.of());
    }

    @Override
    public @Nullable ConsumerRecords<byte[], byte[]> intercept(
            ConsumerRecords<byte[], byte[]> polled, Consumer<byte[], byte[]> consumer) {
        try {
            return around.intercept(polled, consumer);
        } catch (Error error) { // would stop the container
            throw new IllegalStateException("The interceptor of the application failed", error);
        }
    }

    @Override
    public void success(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        around.success(records, consumer);
    }

    @Override
    public void failure(
            ConsumerRecords<byte[], byte[]> records, Exception exception, Consumer<byte[], byte[]> consumer) {
        around.failure(records, exception, consumer);
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        around.clearThreadState(consumer);
    }
}
