package dev.outbox.relay.internal.kafka;

import org.apache.kafka.clients.producer.Producer;

/** Shows the metrics that Kafka's client itself keeps. Thread-safe. */
@FunctionalInterface
public interface KafkaClientMeters {

    /** Shows nothing. */
    KafkaClientMeters NONE = producer -> () -> {};

    /** {@return what ends that, when the producer has been closed} */
    Runnable show(Producer<?, ?> producer);
}
