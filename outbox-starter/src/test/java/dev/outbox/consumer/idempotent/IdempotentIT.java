package dev.outbox.consumer.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;

/** Plain listeners, one by one and in batches, with and without records in their signature. */
@SpringBootTest(
        properties = {
            "spring.application.name=plain",
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "outbox.inbox.id-header=message-id"
        })
class IdempotentIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestServers.class, PlainListeners.class})
    static class Service {}

    @Autowired
    private KafkaTemplate<String, String> kafka;

    @Autowired
    private PlainListeners listeners;

    @Autowired
    private Inbox inbox;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaAdmin kafkaAdmin;

    @Autowired
    private ConsumerFactory<String, String> consumers;

    private final String event = UUID.randomUUID().toString();

    @Test
    void aPayloadListenerIsCalledOnceForACloudEvent() throws Exception {
        Map<String, String> headers =
                Map.of(EventHeaders.ID, event, EventHeaders.SOURCE, "/shop", EventHeaders.TYPE, "OrderPlaced");
        send("plain-payloads", headers, event);
        send("plain-payloads", headers, event);
        awaitEffects("payload", event + "-end");
        assertThat(effects("payload", event)).isOne();
    }

    @Test
    void aRecordListenerIsCalledOnceForARecordThatNamesItselfInAHeader() throws Exception {
        send("plain-records", Map.of("message-id", event), event);
        send("plain-records", Map.of("message-id", event), event);
        send("plain-records", Map.of(), event);
        awaitEffects("record", event + "-end");
        assertThat(effects("record", event))
                .as("one with a name and one without")
                .isEqualTo(2);
    }

    @Test
    void aBatchListenerGetsTheNewOnesOnly() throws Exception {
        for (int repetition = 0; repetition < 3; repetition++) {
            send("plain-batches", Map.of("message-id", event), event);
            send("plain-batches", Map.of("message-id", event + "-other"), event + "-other");
        }
        awaitEffects("batch", event + "-end");
        assertThat(effects("batch", event)).isOne();
        assertThat(effects("batch", event + "-other")).isOne();
    }

    @Test
    void whatAListenerDidBeforeItFailedIsUndoneAndDoneOnceLater() throws Exception {
        listeners.failTwiceAt(event);
        send("plain-records", Map.of("message-id", event), event);
        awaitEffects("record", event + "-end");
        assertThat(effects("record", event)).isOne();
    }

    @Test
    void anErrorIsAFailureOfItsRecordAndTheConsumerLivesOn() throws Exception {
        listeners.lackAClassAt(event);
        send("plain-records", Map.of("message-id", event), event);
        awaitEffects("record", event + "-end");
        assertThat(effects("record", event)).isOne();
    }

    @Test
    void ofABatchWhatIsBeforeTheFailedRecordIsKeptAndNothingIsLost() throws Exception {
        listeners.failTwiceAt(event + "-bad");
        send("plain-batches", Map.of("message-id", event + "-before"), event + "-before");
        send("plain-batches", Map.of("message-id", event + "-bad"), event + "-bad");
        send("plain-batches", Map.of("message-id", event + "-behind"), event + "-behind");
        awaitEffects("batch", event + "-end");
        assertThat(effects("batch", event + "-before")).isOne();
        assertThat(effects("batch", event + "-bad")).isOne();
        assertThat(effects("batch", event + "-behind")).isOne();
    }

    @Test
    void aRecordOfABatchThatCannotBeIdentifiedIsToldAndHoldsBackNoneBeforeIt() {
        IdempotentBatchListener<String, String> listener = new IdempotentBatchListener<>(
                (batch, acknowledgment, consumer) -> batch.forEach(received -> enter(received.value())),
                inbox,
                "unidentified");
        ConsumerRecord<String, String> before = new ConsumerRecord<>("misfits", 0, 1, null, "before-" + event);
        ConsumerRecord<String, String> misfit = new ConsumerRecord<>("misfits", 0, 2, null, "misfit");
        misfit.headers().add("message-id", "m".repeat(256).getBytes(StandardCharsets.UTF_8));
        before.headers().add("message-id", event.getBytes(StandardCharsets.UTF_8));
        assertThatExceptionOfType(BatchListenerFailedException.class)
                .isThrownBy(() -> listener.onMessage(List.of(before, misfit), null, null))
                .withMessageContaining(
                        "The record at misfits-0@2 has an id, source or type with more than 255 characters")
                .satisfies(failed -> assertThat(failed.getRecord()).isSameAs(misfit));
        assertThat(effects("before-" + event, event)).isOne();
    }

    @Test
    void whatIsAcknowledgedBeforeTheCommitIsCommittedAfterIt() throws Exception {
        send("plain-acknowledged", Map.of("message-id", event), event);
        send("plain-acknowledged", Map.of("message-id", event), event);
        awaitEffects("acknowledged", event + "-end");
        assertThat(effects("acknowledged", event)).isOne();
        assertThat(listeners.transactionsOpenWhenAcknowledged()).isZero();
    }

    @Test
    void theApiAppliesARecordOnceForEachConsumer() {
        ConsumerRecord<String, String> received = new ConsumerRecord<>("anything", 0, 7, null, event);
        received.headers().add("message-id", event.getBytes(StandardCharsets.UTF_8));
        assertThat(inbox.process("one", received, () -> enter("api"))).isTrue();
        assertThat(inbox.process("one", received, () -> enter("api"))).isFalse();
        assertThat(inbox.process("two", List.of(received, received), fresh -> enter("api")))
                .isOne();
        assertThat(effects("api", event)).isEqualTo(2);
    }

    @Test
    void theRecordsOfATopicThatWasMadeAnewAreNew() throws Exception {
        String name = "anew-" + event;
        assertThat(handled(createWithOneRecord(name))).isTrue();
        ConsumerRecord<String, String> second = createWithOneRecord(name);
        assertThat(second.offset()).isZero();
        assertThat(handled(second)).isTrue();
        assertThat(handled(second)).isFalse();
    }

    @Test
    void aRecordThatAnEarlierReleaseHasHandledIsADuplicate() throws Exception {
        String name = "known-" + event;
        ConsumerRecord<String, String> received = createWithOneRecord(name);
        jdbc.sql("insert into inbox_event values ('anew', 'kafka', ?, 'any', now())")
                .param(name + "-0@0")
                .update();
        assertThat(handled(received)).isFalse();
        assertThat(handled(createWithOneRecord(name))).isTrue();
    }

    private boolean handled(ConsumerRecord<String, String> received) {
        return inbox.process("anew", received, () -> {});
    }

    /** Makes a topic anew, if it is there. */
    private ConsumerRecord<String, String> createWithOneRecord(String name) throws Exception {
        try (Admin admin = Admin.create(kafkaAdmin.getConfigurationProperties())) {
            if (admin.listTopics()
                    .names()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .contains(name)) {
                admin.deleteTopics(List.of(name)).all().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            await().atMost(DEADLINE).ignoreExceptions().until(() -> {
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                        .all()
                        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
                return true;
            });
        }
        TopicPartition partition = new TopicPartition(name, 0);
        try (Consumer<String, String> consumer = consumers.createConsumer("anew", "reader")) {
            await().atMost(DEADLINE).ignoreExceptions().until(() -> {
                send(name, Map.of(), event);
                return true;
            });
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<String, String>> polled = new ArrayList<>();
            await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofSeconds(1)).forEach(polled::add);
                return !polled.isEmpty();
            });
            return polled.get(0);
        }
    }

    private void enter(String listener) {
        jdbc.sql("insert into effect (listener, value) values (?, ?)")
                .params(listener, event)
                .update();
    }

    private long effects(String listener, String value) {
        return jdbc.sql("select count(*) from effect where listener = ? and value = ?")
                .params(listener, value)
                .query(Long.class)
                .single();
    }

    /** Waits until a record sent now is handled, and so every one before it. */
    private void awaitEffects(String listener, String end) throws Exception {
        send(
                "plain-"
                        + (listener.equals("batch")
                                ? "batches"
                                : listener.equals("acknowledged") ? listener : listener + "s"),
                Map.of("message-id", end),
                end);
        await().atMost(DEADLINE).until(() -> effects(listener, end) == 1);
    }

    private void send(String topic, Map<String, String> headers, String value) throws Exception {
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, 0, "key", value);
        headers.forEach((name, text) -> sent.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        kafka.send(sent).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
