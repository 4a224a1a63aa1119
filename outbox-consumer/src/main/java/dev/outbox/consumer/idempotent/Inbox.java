package dev.outbox.consumer.idempotent;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies records once, however often they are delivered, for code that receives them in its own way. Thread-safe.
 *
 * <p>Each method runs in the current transaction, or begins one; commit the offset only after that transaction is committed.
 * Records are identified as {@link Idempotent} describes.
 *
 * <p>The consumers that are named here are not known at start, so what they have applied is remembered forever, unless
 * {@code outbox.inbox.retention.consumers} lists them with their topics.
 *
 * @since 0.1.0
 */
public interface Inbox {

    /**
     * Runs the effect in the transaction in which the record is entered into the inbox, unless the record is already there.
     *
     * @param consumer the consumer that applies it; each consumer has its own inbox
     * @return whether it was new
     */
    boolean process(String consumer, ConsumerRecord<?, ?> received, Runnable effect);

    /**
     * Runs the effect with those of the records that are not in the inbox yet, in their order, in the transaction in which they
     * are entered. If there are none, the effect is not run.
     *
     * @param consumer the consumer that applies them; each consumer has its own inbox
     * @return how many were new
     */
    <K, V> int process(
            String consumer, List<ConsumerRecord<K, V>> received, Consumer<List<ConsumerRecord<K, V>>> effect);
}
