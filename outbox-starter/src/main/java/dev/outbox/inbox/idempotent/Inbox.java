package dev.outbox.inbox.idempotent;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Applies records once, however often they are delivered, for code that gets them in its own way. Thread-safe.
 *
 * <p>Each method runs in the current transaction, or begins one; commit the offset only after that is committed. A record is
 * known as {@link Idempotent} says.
 *
 * <p>Which consumers are named here is not known at start: what they have applied is remembered for ever, unless {@code
 * outbox.inbox.retention.consumers} lists them with their topics.
 */
public interface Inbox {

    /**
     * Does something in the transaction in which the record is entered into the inbox, unless it stands there already.
     *
     * @param consumer who applies it; each has an inbox of its own
     * @return whether it was new
     */
    boolean process(String consumer, ConsumerRecord<?, ?> received, Runnable effect);

    /**
     * Does something with those of the records that do not stand in the inbox yet, in their order, in the transaction in
     * which they are entered. If there are none, nothing is done.
     *
     * @param consumer who applies them; each has an inbox of its own
     * @return how many were new
     */
    <K, V> int process(
            String consumer, List<ConsumerRecord<K, V>> received, Consumer<List<ConsumerRecord<K, V>>> effect);
}
