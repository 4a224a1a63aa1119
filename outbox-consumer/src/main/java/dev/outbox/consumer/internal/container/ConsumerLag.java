package dev.outbox.consumer.internal.container;

import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * How many records a consumer has not fetched yet, as its Kafka clients know it from their last fetches. Asks no broker. A
 * partition that is paused is not fetched, so what arrives there meanwhile is not known. Thread-safe.
 */
public final class ConsumerLag implements DoubleSupplier {

    private static final String OF_PARTITION = "records-lag";

    private final MessageListenerContainer container;

    public ConsumerLag(MessageListenerContainer container) {
        this.container = container;
    }

    @Override
    public double getAsDouble() {
        double lag = 0;
        for (Map<MetricName, ? extends Metric> ofClient : container.metrics().values()) {
            for (Map.Entry<MetricName, ? extends Metric> metric : ofClient.entrySet()) {
                if (metric.getKey().name().equals(OF_PARTITION)
                        && metric.getValue().metricValue() instanceof Double records
                        && records > 0) {
                    lag += records;
                }
            }
        }
        return lag;
    }
}
