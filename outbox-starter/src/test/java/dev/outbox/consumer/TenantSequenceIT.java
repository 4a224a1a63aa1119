package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.schema.OutboxSchemaResolver;
import dev.outbox.stock.Disturbance;
import dev.outbox.stock.JdbcStock;
import dev.outbox.stock.OrderTopic;
import dev.outbox.stock.StockRows;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.BatchInterceptor;

/** The guard that counts, in a service with an inbox for each tenant: only the consumer's thread knows whose event has come. */
@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.tenant-sequence",
            "outbox.inbox.group=tenant-sequence",
            "outbox.inbox.guard=aggregate-sequence",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "outbox.schema.names=north"
        })
@Import(TenantSequenceIT.Tenants.class)
class TenantSequenceIT {

    @Autowired
    private StockRows rows;

    @Autowired
    private OrderTopic topic;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Disturbance disturbance;

    private String order = "order-" + UUID.randomUUID();

    @AfterEach
    void endDisturbances() {
        disturbance.endAll();
    }

    @Test
    void whatHasWaitedIsHandledInTheSchemaOfItsTenant() {
        send(1, "tea");
        send(3, "bread");
        awaitWaiting(1);
        send(2, "milk");
        awaitReserved("tea", "milk", "bread");
        awaitWaiting(0);
    }

    @Test
    void whatHasWaitedAndFailsIsTriedAgainWithTheNextEventOfItsKey() {
        send(1, "tea");
        send(3, "bread");
        awaitWaiting(1);
        AtomicBoolean failed = new AtomicBoolean();
        disturbance.interrupt(order, () -> {
            if (rows.reserved(order).contains("milk") && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("once");
            }
        });
        send(2, "milk");
        await().atMost(Patience.LIMIT).untilTrue(failed);
        send(4, "salt");
        awaitReserved("tea", "milk", "bread", "salt");
        awaitWaiting(0);
    }

    @Test
    void whatHasWaitedAndFailsIsTriedOnceHoweverManyEventsOfItsKeyComeAtOnce() {
        send(1, "tea");
        send(3, "bread");
        awaitWaiting(1);
        String waiting = order;
        disturbance.interrupt(waiting, () -> {
            if (rows.reserved(waiting).contains("bread")) {
                throw new IllegalStateException("on purpose");
            }
        });
        Gate gate = new Gate();
        order = "order-" + UUID.randomUUID();
        disturbance.interrupt(order, gate::pass);
        try {
            send(1, "oil");
            gate.awaitReached();
            order = waiting;
            send(2, "milk");
            for (int sequence = 4; sequence <= 12; sequence++) {
                send(sequence, "salt");
            }
        } finally {
            gate.open();
        }
        awaitWaiting(10);
        order = "order-" + UUID.randomUUID();
        send(1, "beer");
        awaitReserved("beer");
        assertThat(attempts(waiting + "-3"))
                .as("one poll may have brought the first of them alone")
                .isBetween(1, 2);
    }

    @Test
    void whatIsPolledIsNotLostIfTheApplicationsInterceptorFails() {
        Tenants.UNKNOWN_ONCE.set(true);
        send(1, "tea");
        awaitReserved("tea");
        assertThat(Tenants.UNKNOWN_ONCE).isFalse();
    }

    @Test
    void whatIsDeliveredAgainAfterAPauseIsSeenByTheApplicationsInterceptorAndWaitsIfThatFails() {
        AtomicBoolean failed = new AtomicBoolean();
        disturbance.interrupt(order, () -> {
            if (failed.compareAndSet(false, true)) {
                Tenants.UNKNOWN_ONCE.set(true);
                throw new IllegalStateException("once");
            }
        });
        send(1, "tea");
        awaitReserved("tea");
        assertThat(failed).isTrue();
        assertThat(Tenants.UNKNOWN_ONCE).isFalse();
    }

    private void awaitWaiting(int events) {
        await().atMost(Patience.LIMIT)
                .until(() -> jdbc.sql("select count(*) from north.inbox_parked where headers ->> 'ce_subject' = ?")
                                .param(order)
                                .query(Integer.class)
                                .single()
                        == events);
    }

    private int attempts(String eventId) {
        return jdbc.sql("select attempts from north.inbox_parked where event_id = ?")
                .param(eventId)
                .query(Integer.class)
                .single();
    }

    private void awaitReserved(String... articles) {
        await().atMost(Patience.LIMIT).until(() -> rows.reserved(order).size() == articles.length);
        assertThat(rows.reserved(order)).containsExactly(articles);
    }

    private void send(int sequence, String article) {
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", order + "-" + sequence, 2);
        headers.put(EventHeaders.SUBJECT, order);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        topic.send(headers, "{\"orderId\":\"%s\",\"article\":\"%s\"}".formatted(order, article));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Tenants {

        static final AtomicBoolean UNKNOWN_ONCE = new AtomicBoolean();
        private static final ThreadLocal<@Nullable String> TENANT = new ThreadLocal<>();

        @Bean
        OutboxSchemaResolver tenantOfTheThread() {
            return TENANT::get;
        }

        @Bean
        InboxContainerCustomizer tenantOfTheConsumer() {
            return container -> container.setBatchInterceptor(new BatchInterceptor<>() {
                @Override
                public ConsumerRecords<byte[], byte[]> intercept(
                        ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
                    if (UNKNOWN_ONCE.compareAndSet(true, false)) {
                        throw new NoClassDefFoundError("on purpose");
                    }
                    TENANT.set("north");
                    return records;
                }

                @Override
                public void success(ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
                    TENANT.remove();
                }
            });
        }
    }
}
