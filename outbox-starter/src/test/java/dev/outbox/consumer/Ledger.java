package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.OrderTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A topic of numbered events, and the database in which {@link LedgerConsumer}s enter what they handle of it. */
class Ledger {

    static final Duration DEADLINE = Patience.LIMIT;

    private static final int AGGREGATES = 5;

    private final DatabaseKind kind;
    private final MigratedDatabase database;
    private final JdbcClient jdbc;
    private final String topic = "orders.ledger-" + UUID.randomUUID();
    private int sent;

    Ledger(MigratedDatabase database) {
        this(DatabaseKind.POSTGRESQL, database);
    }

    Ledger(DatabaseKind kind, MigratedDatabase database) {
        this.kind = kind;
        this.database = database;
        this.jdbc = JdbcClient.create(database.dataSource());
        String id = kind == DatabaseKind.MARIADB ? "auto_increment" : "generated always as identity";
        jdbc.sql("create table ledger (id bigint %s primary key, aggregate varchar(20), sequence bigint)".formatted(id))
                .update();
    }

    /** Sends the next events of each aggregate. */
    void send(int events) throws Exception {
        // A topic that was just made may refuse the first batch, and must not have taken the second by then.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "max.in.flight.requests.per.connection", 1);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> taken = new ArrayList<>();
            for (int event = 0; event < events; event++) {
                sent++;
                for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
                    taken.add(producer.send(event("a" + aggregate, sent)));
                }
            }
            for (Future<RecordMetadata> each : taken) {
                each.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    /** {@return the name of the topic, which is also the group of its consumers} */
    String topic() {
        return topic;
    }

    /** {@return the id of an event of the first aggregate} */
    static String eventId(int sequence) {
        return eventId("a0", sequence);
    }

    /** {@return what a consumer has to be told to read from the topic into the ledger} */
    List<String> arguments() {
        return List.of(
                "--spring.application.name=ledger",
                "--spring.flyway.enabled=false",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--outbox.packages=dev.outbox.stock",
                "--outbox.topics.Order=" + topic,
                "--outbox.inbox.group=" + topic);
    }

    long entries() {
        return jdbc.sql("select count(*) from ledger").query(Long.class).single();
    }

    void awaitAll() {
        await().atMost(DEADLINE).until(() -> entries() >= (long) AGGREGATES * sent);
    }

    /** Waits until a consumer asks the guard about events of which another one has not said yet what becomes of them. */
    void awaitConsumerThatWaitsForALock() {
        await().atMost(DEADLINE).until(() -> waitingForALock() > 0);
    }

    void assertEachOnceAndInOrder() {
        for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
            assertThat(jdbc.sql("select sequence from ledger where aggregate = ? order by id")
                            .param("a" + aggregate)
                            .query(Long.class)
                            .list())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, sent).boxed().toList());
        }
    }

    private long waitingForALock() {
        return WaitingSessions.of(kind, database);
    }

    private ProducerRecord<String, String> event(String aggregate, int sequence) {
        ProducerRecord<String, String> event =
                new ProducerRecord<>(topic, aggregate, "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(aggregate));
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", eventId(aggregate, sequence), 2);
        headers.put(EventHeaders.SUBJECT, aggregate);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        headers.forEach((name, value) -> event.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return event;
    }

    private static String eventId(String aggregate, int sequence) {
        return aggregate + "-" + sequence;
    }
}
