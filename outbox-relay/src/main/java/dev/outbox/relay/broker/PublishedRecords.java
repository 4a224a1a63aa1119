package dev.outbox.relay.broker;

import dev.outbox.event.EventEnvelope;
import java.util.Collection;
import java.util.List;

/**
 * What is in Kafka, and who has read it: for a person who looks, because each question takes a client of its own. Thread-safe. The user of the relay needs the right to read the topic and to describe the groups.
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

    /**
     * {@return the groups that have read from any of the topics, by name and topic}
     *
     * @throws BrokerUnavailableException if Kafka does not answer, or does not allow it
     */
    List<GroupLag> lags(Collection<String> topics);
}
