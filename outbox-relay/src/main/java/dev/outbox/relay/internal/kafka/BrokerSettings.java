package dev.outbox.relay.internal.kafka;

import dev.outbox.relay.broker.PublishedRecords;
import dev.outbox.relay.broker.PublishingTarget;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The settings that the relay's Kafka clients take from the service: how to reach the broker and as which user, and how much
 * to send at a time. Settings that order and durability rely on are never taken, and neither are settings that are not known
 * to be harmless, such as a partitioner or an interceptor.
 */
public interface BrokerSettings {

    /** {@return settings for the producer of a lane} */
    Map<String, Object> producer();

    /** {@return settings for a client that asks the broker about topics, as the same user} */
    Map<String, Object> admin();

    /** {@return the service's settings that are not taken, by name, with their values} */
    SortedMap<String, Object> refused();

    /** {@return how the broker is reached} */
    default PublishingTarget target() {
        Object servers = producer().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        List<String> addresses = servers instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : Arrays.stream(String.valueOf(servers).split(",", -1))
                        .map(String::strip)
                        .toList();
        return new PublishingTarget("kafka", "Kafka", addresses);
    }

    /** {@return what Kafka has of events, asked as the same user} */
    default PublishedRecords records() {
        return new KafkaPublishedRecords(this, System::nanoTime);
    }

    /** {@return the bytes of the largest request that the producer sends} */
    int maxRequestSize();

    /**
     * {@return the settings that are taken}
     *
     * @param service the settings of a producer of the service
     * @throws IllegalArgumentException if a size among them is not a number
     */
    static BrokerSettings from(Map<String, Object> service) {
        return new KafkaSettings(service);
    }
}
