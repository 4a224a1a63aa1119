package dev.outbox.consumer.idempotent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners as services have them, each guarded. */
class PlainListeners {

    private final JdbcClient jdbc;
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private volatile String lacking = "";
    private final AtomicInteger openWhenAcknowledged = new AtomicInteger();

    PlainListeners(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table if not exists effect (listener text, value text)")
                .update();
    }

    @Idempotent
    @KafkaListener(topics = "plain-payloads", groupId = "payloads")
    void payload(String value) {
        enter("payload", value);
    }

    @Idempotent
    @KafkaListener(topics = "plain-records", groupId = "records", containerFactory = "patient")
    void received(ConsumerRecord<String, String> received) {
        enter("record", received.value());
        failIfTold(received.value());
    }

    @Idempotent
    @KafkaListener(topics = "plain-batches", groupId = "batches", batch = "true", containerFactory = "patient")
    void batch(List<ConsumerRecord<String, String>> batch) {
        for (ConsumerRecord<String, String> received : batch) {
            enter("batch", received.value());
            try {
                failIfTold(received.value());
            } catch (IllegalStateException failed) {
                throw new BatchListenerFailedException("on purpose", failed, received);
            }
        }
    }

    @Idempotent
    @KafkaListener(topics = "plain-acknowledged", groupId = "acknowledged", containerFactory = "acknowledging")
    void acknowledged(String value, Acknowledgment acknowledgment) {
        acknowledgment.acknowledge();
        enter("acknowledged", value);
    }

    void lackAClassAt(String value) {
        lacking = value;
        failTwiceAt(value);
    }

    void failTwiceAt(String value) {
        failures.put(value, new AtomicInteger(2));
    }

    int transactionsOpenWhenAcknowledged() {
        return openWhenAcknowledged.get();
    }

    private void failIfTold(String value) {
        AtomicInteger left = failures.get(value);
        if (left != null && left.getAndDecrement() > 0) {
            if (value.equals(lacking)) {
                throw new NoClassDefFoundError("com/example/Packaging");
            }
            throw new IllegalStateException("on purpose");
        }
    }

    private void enter(String listener, String value) {
        jdbc.sql("insert into effect (listener, value) values (?, ?)")
                .params(listener, value)
                .update();
    }

    @Bean
    static ConcurrentKafkaListenerContainerFactory<Object, Object> patient(ConsumerFactory<Object, Object> consumers) {
        ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(consumers);
        factory.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(5, 5)));
        return factory;
    }

    @Bean
    static ConcurrentKafkaListenerContainerFactory<Object, Object> acknowledging(
            ConsumerFactory<Object, Object> consumers, ObjectProvider<PlainListeners> listeners) {
        ConcurrentKafkaListenerContainerFactory<Object, Object> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(consumers);
        factory.getContainerProperties().setAckMode(AckMode.MANUAL_IMMEDIATE);
        factory.getContainerProperties().setOffsetAndMetadataProvider((metadata, offset) -> {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                listeners.getObject().openWhenAcknowledged.incrementAndGet();
            }
            return new OffsetAndMetadata(offset);
        });
        return factory;
    }
}
