package dev.outbox.relay.broker;

import dev.outbox.event.EventEnvelope;
import java.util.List;

/**
 * What is in Kafka of an event, and who has read it: for a person who looks for one event, because each question takes a client of
 * its own and reads records. Thread-safe. The user of the relay needs the right to read the topic and to describe the groups.
 *
 * @since 0.1.0
 */
public interface PublishedRecords {

    /** {@return where the record of an event is, looking from the time at which it was raised} */
    RecordSearch find(EventEnvelope event);

    /**
     * {@return the groups that have read from the partition of a record, by name}
     *
     * @throws BrokerUnavailableException if Kafka does not answer, or does not allow it
     */
    List<GroupProgress> readers(RecordSearch.Found record);
}
