package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.internal.record.InboxRecord;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The broker did not accept a dead letter. */
public final class RefusedLetterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_CHAIN = 32;

    RefusedLetterException(InboxRecord received, String topic, @Nullable Throwable cause) {
        super(
                "%s cannot be sent to the dead-letter topic '%s'. Does that topic exist, may this service write to it, and does it take records of that size?"
                        .formatted(received, topic),
                cause);
    }

    /**
     * {@return whether Kafka says that it will never accept the letter: it is too large, the service may not write to the
     * topic, or there is no such topic}
     */
    public boolean isFinal() {
        boolean refused = false;
        Throwable cause = getCause();
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++, cause = cause.getCause()) {
            if (cause instanceof UnknownTopicOrPartitionException) {
                return true;
            }
            if (cause instanceof RetriableException || cause instanceof TimeoutException) {
                refused = false;
            } else if (cause instanceof ApiException) {
                refused = true;
            }
        }
        return refused;
    }
}
