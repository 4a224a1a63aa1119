package dev.outbox.consumer.idempotent;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.support.Acknowledgment;

/** Calls a listener for records that are new. */
final class IdempotentRecordListener<K, V>
        implements AcknowledgingConsumerAwareMessageListener<K, V>,
                DelegatingMessageListener<AcknowledgingConsumerAwareMessageListener<K, V>> {

    private final AcknowledgingConsumerAwareMessageListener<K, V> delegate;
    private final Inbox inbox;
    private final String consumer;

    IdempotentRecordListener(AcknowledgingConsumerAwareMessageListener<K, V> delegate, Inbox inbox, String consumer) {
        this.delegate = delegate;
        this.inbox = inbox;
        this.consumer = consumer;
    }

    @Override
    public AcknowledgingConsumerAwareMessageListener<K, V> getDelegate() {
        return delegate;
    }

    @Override
    public void onMessage(
            ConsumerRecord<K, V> received, @Nullable Acknowledgment container, @Nullable Consumer<?, ?> kafka) {
        DeferredAcknowledgment deferred = new DeferredAcknowledgment();
        boolean isNew;
        try {
            isNew = inbox.process(consumer, received, () -> {
                delegate.onMessage(received, container == null ? null : deferred, kafka);
                RefusedException.throwIf(deferred.isRefused());
            });
        } catch (RefusedException again) {
            isNew = true;
        } catch (Error error) { // would stop the container and bypass its error handler
            throw new ListenerExecutionFailedException("The listener failed with an error", error);
        }
        if (container != null && isNew) {
            deferred.passOn(container, false);
        } else if (container != null) {
            container.acknowledge();
        }
    }
}
