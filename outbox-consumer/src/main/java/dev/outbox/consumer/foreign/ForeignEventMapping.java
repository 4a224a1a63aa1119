package dev.outbox.consumer.foreign;

import dev.outbox.consumer.DomainEventHandler;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds the events in a record that is no CloudEvent. The inbox then treats them as it treats all others: guard, handlers,
 * attempts, policies, parking.
 *
 * <p>A bean of this type is asked about each record without {@code ce_id} and {@code ce_type} on the topics of the
 * {@link DomainEventHandler} methods. With several beans, the first one in their order that finds events decides. A record in
 * which none finds any is ignored. Called on the threads of the consumers, outside a transaction. It must not block, and it must
 * find the same events, with the same ids, whenever it is given the same record.
 *
 * @see S3Notifications
 * @see GcsNotifications
 * @since 0.1.0
 */
@FunctionalInterface
public interface ForeignEventMapping {

    /**
     * {@return the events in the record, in the order in which they are to be handled; empty if it is not of the kind that this
     * mapping reads} The offset of the record is committed after the last of its events.
     *
     * @param received its value is null if it has none
     * @throws RuntimeException if the record is of that kind, but cannot be read: it is ignored, and a warning says why
     */
    List<ForeignEvent> read(ConsumerRecord<?, byte[]> received);
}
