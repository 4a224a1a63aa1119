package dev.outbox.foreign;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.idempotent.Idempotent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;

/** Consumes CloudEvents of another producer, and records that are no events. */
class ForeignEvents {

    private final JdbcClient jdbc;

    ForeignEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
        jdbc.sql("create table effect (id bigint generated always as identity, what text)")
                .update();
    }

    @DomainEventHandler
    void on(InvoicePaid invoice) {
        enter("%s paid %s".formatted(invoice.invoice(), invoice.amount()));
    }

    @Idempotent
    @KafkaListener(topics = "shop.orders", groupId = "reservations")
    void reserve(ConsumerRecord<String, String> order) {
        enter(order.value() + " reserved");
    }

    private void enter(String effect) {
        jdbc.sql("insert into effect (what) values (?)").param(effect).update();
    }
}
