package dev.outbox.consumer.idempotent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.support.Acknowledgment;

/** Calls a listener for the records of a batch that are new. */
final class IdempotentBatchListener<K, V>
        implements BatchAcknowledgingConsumerAwareMessageListener<K, V>,
                DelegatingMessageListener<BatchAcknowledgingConsumerAwareMessageListener<K, V>> {

    private final BatchAcknowledgingConsumerAwareMessageListener<K, V> delegate;
    private final Inbox inbox;
    private final String consumer;

    IdempotentBatchListener(
            BatchAcknowledgingConsumerAwareMessageListener<K, V> delegate, Inbox inbox, String consumer) {
        this.delegate = delegate;
        this.inbox = inbox;
        this.consumer = consumer;
    }

    @Override
    public BatchAcknowledgingConsumerAwareMessageListener<K, V> getDelegate() {
        return delegate;
    }

    @Override
    public boolean wantsPollResult() {
        return delegate.wantsPollResult();
    }

    @Override
    public void onMessage(ConsumerRecords<K, V> polled, @Nullable Acknowledgment container, Consumer<K, V> kafka) {
        List<ConsumerRecord<K, V>> all = new ArrayList<>(polled.count());
        polled.forEach(all::add);
        onMessage(all, container, kafka);
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<K, V>> polled, @Nullable Acknowledgment container, @Nullable Consumer<?, ?> kafka) {
        try {
            handle(polled, container, kafka);
        } catch (BatchListenerFailedException failed) {
            throw settleBefore(failed, polled, kafka);
        } catch (Error error) { // would stop the container and bypass its error handler
            throw new ListenerExecutionFailedException("The listener failed with an error", error);
        }
    }

    private void handle(
            List<ConsumerRecord<K, V>> polled, @Nullable Acknowledgment container, @Nullable Consumer<?, ?> kafka) {
        DeferredAcknowledgment deferred = new DeferredAcknowledgment();
        boolean called;
        try {
            called = inbox.process(consumer, polled, fresh -> {
                        call(fresh, container == null ? null : deferred, kafka);
                        RefusedException.throwIf(deferred.isRefused());
                    })
                    > 0;
        } catch (RefusedException again) {
            called = true;
        } catch (UnidentifiedRecordException unknown) {
            throw new BatchListenerFailedException(String.valueOf(unknown.getMessage()), unknown, unknown.received());
        }
        if (container != null && called) {
            deferred.passOn(container, true);
        } else if (container != null) {
            container.acknowledge();
        }
    }

    @SuppressWarnings("unchecked") // the container passes the consumer that it polled the records with
    private void call(
            List<ConsumerRecord<K, V>> fresh, @Nullable Acknowledgment deferred, @Nullable Consumer<?, ?> kafka) {
        try {
            if (delegate.wantsPollResult() && kafka != null) {
                delegate.onMessage(pollResult(fresh), deferred, (Consumer<K, V>) kafka);
            } else {
                delegate.onMessage(fresh, deferred, kafka);
            }
        } catch (BatchListenerFailedException failed) {
            throw failed.getRecord() != null
                    ? failed
                    : new BatchListenerFailedException(
                            String.valueOf(failed.getMessage()), failed.getCause(), fresh.get(failed.getIndex()));
        }
    }

    /** The container considers the records before the failed one done, but their transaction was rolled back, too. */
    private BatchListenerFailedException settleBefore(
            BatchListenerFailedException failed, List<ConsumerRecord<K, V>> polled, @Nullable Consumer<?, ?> kafka) {
        int index = 0;
        while (index < polled.size() && !isSame(polled.get(index), failed.getRecord())) {
            index++;
        }
        if (index > 0 && index < polled.size()) {
            onMessage(polled.subList(0, index), null, kafka);
        }
        return failed;
    }

    private static boolean isSame(ConsumerRecord<?, ?> polled, @Nullable ConsumerRecord<?, ?> failed) {
        return failed != null
                && polled.offset() == failed.offset()
                && polled.partition() == failed.partition()
                && polled.topic().equals(failed.topic());
    }

    private ConsumerRecords<K, V> pollResult(List<ConsumerRecord<K, V>> fresh) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> byPartition = new LinkedHashMap<>();
        fresh.forEach(received -> byPartition
                .computeIfAbsent(
                        new TopicPartition(received.topic(), received.partition()), partition -> new ArrayList<>())
                .add(received));
        return new ConsumerRecords<>(byPartition, Map.of());
    }
}
