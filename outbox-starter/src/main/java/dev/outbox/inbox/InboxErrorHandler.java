package dev.outbox.inbox;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Delivers a failed event again until it succeeds, with growing pauses. Meanwhile no later record of its partition is
 * delivered, so the order holds. The pauses hold up the other partitions of the same thread too.
 *
 * <p>Nothing is ever skipped, whatever the exception: the defaults of Spring Kafka, to give up after ten attempts and at
 * once after a {@code ClassCastException}, would lose the event.
 */
final class InboxErrorHandler extends DefaultErrorHandler {

    InboxErrorHandler(InboxProperties.Retry retry) {
        super(InboxErrorHandler::refuseToSkip, backOff(retry));
        setClassifications(Map.of(), true);
        setResetStateOnExceptionChange(false);
        setRetryListeners(new FailureLog());
    }

    private static ExponentialBackOff backOff(InboxProperties.Retry retry) {
        ExponentialBackOff backOff =
                new ExponentialBackOff(retry.initialInterval().toMillis(), retry.multiplier());
        backOff.setMaxInterval(retry.maxInterval().toMillis());
        return backOff;
    }

    private static void refuseToSkip(ConsumerRecord<?, ?> kafkaRecord, @Nullable Exception failure) {
        throw new IllegalStateException("The back-off of the inbox has no end, yet it came to one", failure);
    }

    /** One line and one stack trace per failure. */
    private static final class FailureLog implements RetryListener {

        private static final Logger LOG = LoggerFactory.getLogger(InboxErrorHandler.class);

        @Override
        @SuppressWarnings("unchecked") // the container of the inbox has a byte array deserializer
        public void failedDelivery(ConsumerRecord<?, ?> kafkaRecord, @Nullable Exception failure, int attempt) {
            LOG.warn(
                    "{} failed, attempt {}; it will be tried again",
                    new InboxRecord((ConsumerRecord<?, byte[]>) kafkaRecord),
                    attempt,
                    failure);
        }
    }
}
