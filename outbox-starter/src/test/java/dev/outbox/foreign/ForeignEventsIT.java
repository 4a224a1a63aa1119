package dev.outbox.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/** What the documentation shows of foreign events and plain listeners does what it says there. */
@SpringBootTest(
        properties = {
            "outbox.packages=dev.outbox.foreign",
            "outbox.inbox.group=foreign",
            "outbox.inbox.id-header=order-id",
            "spring.kafka.consumer.auto-offset-reset=earliest"
        })
class ForeignEventsIT {

    @Autowired
    private KafkaTemplate<String, String> kafka;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aCloudEventOfAnotherProducerIsHandledOnce() throws Exception {
        Map<String, String> headers = Map.of(EventHeaders.ID, "i-1", EventHeaders.TYPE, "com.example.invoice.paid");
        send("billing.invoices", headers, "{\"invoice\":\"2026-1\",\"amount\":12.50}");
        send("billing.invoices", headers, "{\"invoice\":\"2026-1\",\"amount\":12.50}");
        send(
                "billing.invoices",
                Map.of(EventHeaders.ID, "i-2", EventHeaders.TYPE, "com.example.invoice.paid"),
                "{\"invoice\":\"2026-2\",\"amount\":7}");
        await().atMost(Patience.LIMIT).until(() -> effects("% paid %").contains("2026-2 paid 7"));
        assertThat(effects("2026-1 paid %")).containsExactly("2026-1 paid 12.50");
    }

    @Test
    void aCloudEventInStructuredModeIsTheSameEvent() throws Exception {
        Map<String, String> structured =
                Map.of(EventHeaders.CONTENT_TYPE, "application/cloudevents+json; charset=UTF-8");
        String event = """
                {"specversion": "1.0", "id": "i-3", "type": "com.example.invoice.paid", "source": "/billing",
                 "data": {"invoice": "2026-3", "amount": 0.10}}""";
        send("billing.invoices", structured, event);
        send("billing.invoices", structured, event);
        send(
                "billing.invoices",
                Map.of(
                        EventHeaders.ID, "i-3",
                        EventHeaders.SOURCE, "/billing",
                        EventHeaders.TYPE, "com.example.invoice.paid"),
                "{\"invoice\":\"2026-3\",\"amount\":0.10}");
        send("billing.invoices", structured, event.replace("i-3", "i-4").replace("2026-3", "2026-4"));
        await().atMost(Patience.LIMIT).until(() -> effects("2026-4 paid %").size() == 1);
        assertThat(effects("2026-3 paid %")).containsExactly("2026-3 paid 0.10");
    }

    @Test
    void aTombstoneIsPassedOver() throws Exception {
        Map<String, String> headers = Map.of(EventHeaders.ID, "i-5", EventHeaders.TYPE, "com.example.invoice.paid");
        send("billing.invoices", headers, null);
        send(
                "billing.invoices",
                Map.of(EventHeaders.ID, "i-6", EventHeaders.TYPE, "com.example.invoice.paid"),
                "{\"invoice\":\"2026-6\",\"amount\":1}");
        await().atMost(Patience.LIMIT).until(() -> effects("2026-6 paid %").size() == 1);
        assertThat(jdbc.sql("select count(*) from inbox_parked")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aPlainRecordIsGivenToItsListenerOnce() throws Exception {
        send("shop.orders", Map.of("order-id", "o-1"), "teapot");
        send("shop.orders", Map.of("order-id", "o-1"), "teapot");
        send("shop.orders", Map.of("order-id", "o-2"), "cup");
        await().atMost(Patience.LIMIT).until(() -> effects("% reserved").contains("cup reserved"));
        assertThat(effects("% reserved")).containsExactly("teapot reserved", "cup reserved");
    }

    /** To one partition, so that what is sent last comes last. */
    private void send(String topic, Map<String, String> headers, @Nullable String payload) throws Exception {
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, 0, "key", payload);
        headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        kafka.send(sent).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private List<@Nullable String> effects(String pattern) {
        return jdbc.sql("select what from effect where what like ? order by id")
                .param(pattern)
                .query(String.class)
                .list();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestServers.class, ForeignEvents.class})
    static class ForeignApplication {}
}
