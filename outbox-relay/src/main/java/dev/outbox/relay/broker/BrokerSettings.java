package dev.outbox.relay.broker;

import java.util.Map;
import java.util.SortedMap;

/**
 * What the relay's clients of Kafka take over from the service: how to reach the broker and as whom, and how much to send
 * at a time. What order and durability rest on is never taken over, and neither is anything that is not known to be
 * harmless, such as a partitioner or an interceptor.
 */
public interface BrokerSettings {

    /** {@return settings for the producer of a lane} */
    Map<String, Object> producer();

    /** {@return settings for a client that asks the broker about topics, as the same user} */
    Map<String, Object> admin();

    /** {@return the settings of the service that are not taken over, by name, with their values} */
    SortedMap<String, Object> refused();

    /** {@return the bytes of the largest request that the producer sends} */
    int maxRequestSize();

    /**
     * {@return what is taken over}
     *
     * @param service the settings of a producer of the service
     * @throws IllegalArgumentException if a size among them is not a number
     */
    static BrokerSettings from(Map<String, Object> service) {
        return new KafkaSettings(service);
    }
}
