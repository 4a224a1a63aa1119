package dev.outbox.debezium;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.producer.Outbox;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.HeadersJson;
import dev.outbox.schema.OutboxSchema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Debezium, with the configuration that we generate, makes the records of the relay out of the same rows. */
class DebeziumEquivalenceIT {

    private static final int WRITTEN = 10_000;
    private static final int RAISED = 200;
    private static final int LARGE = 5;

    private final long seed = new java.security.SecureRandom().nextLong();
    private final String run = UUID.randomUUID().toString();
    private final List<String> topics = List.of("first-" + run, "second-" + run, "third." + run);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @TempDir
    Path directory;

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final HeadersJson headersJson = new HeadersJson();

    @AfterEach
    void dropTheSlot() {
        Awaitility.await().atMost(Patience.LIMIT).until(new ReplicationSlots(database.dataSource())::drop);
    }

    @Test
    void theRecordsAreTheSame() throws Exception {
        Handover.prepare(jdbc, RunningDebezium.connector(database));
        try (Topics read = Topics.create(topics)) {
            write();
            Map<String, ConsumerRecord<byte[], byte[]>> relayed = relay(read);
            read.skip();
            Map<String, ConsumerRecord<byte[], byte[]>> routed = new LinkedHashMap<>();
            try (RunningDebezium debezium = RunningDebezium.start(database, directory.resolve("offsets"), Map.of())) {
                read.read(routed, relayed.size(), debezium::assertRunning);
            }
            assertThat(routed).as("seed %d", seed).containsOnlyKeys(relayed.keySet());
            relayed.forEach((id, record) -> {
                try {
                    assertSame(record, requireNonNull(routed.get(id)));
                } catch (AssertionError e) {
                    throw new AssertionError("Seed " + seed, e);
                }
            });
            assertInOrder(routed);
        }
    }

    /** Nothing is parked by Debezium; what the relay has parked and released is the same record, later. */
    private Map<String, ConsumerRecord<byte[], byte[]>> relay(Topics read) {
        int parked;
        Map<String, ConsumerRecord<byte[], byte[]>> relayed = new HashMap<>();
        try (ConfigurableApplicationContext shop =
                start("--spring.kafka.producer.properties.max.request.size=" + RandomEvents.NEARLY_TOO_LARGE)) {
            raise(shop);
            parked = toBeParked();
            Awaitility.await().atMost(Patience.LIMIT).until(() -> parked() == toBeParked());
            read.read(relayed, WRITTEN + RAISED + LARGE - parked, () -> {});
        }
        assertThat(parked).isGreaterThanOrEqualTo(LARGE);
        try (ConfigurableApplicationContext shop = start()) {
            shop.getBean(ParkedEvents.class).releaseAll();
            read.read(relayed, WRITTEN + RAISED + LARGE, () -> {});
        }
        return relayed;
    }

    /** The events that are too large, and the later ones of their aggregates. */
    private int toBeParked() {
        return jdbc.sql("""
                        select count(*)
                        from outbox_event as event
                        where exists (
                            select 1
                            from outbox_event as large
                            where large.aggregatetype = event.aggregatetype
                                and large.aggregateid = event.aggregateid
                                and large.seq <= event.seq
                                and length(large.payload) = :size
                        )
                        """)
                .param("size", RandomEvents.NEARLY_TOO_LARGE)
                .query(Integer.class)
                .single();
    }

    private int parked() {
        return jdbc.sql("select count(*) from outbox_parked")
                .query(Integer.class)
                .single();
    }

    private ConfigurableApplicationContext start(String... further) {
        return Shop.start(
                database,
                Stream.concat(
                                Stream.of(
                                        "--outbox.topics.Shelf=" + topics.get(0),
                                        "--outbox.topics.Article=" + topics.get(1),
                                        // Only what the test does may cost the relay its lane.
                                        "--outbox.relay.lease.ttl=5m"),
                                Stream.of(further))
                        .toArray(String[]::new));
    }

    private void write() {
        RandomEvents events = new RandomEvents(seed, topics);
        OutboxWriter writer = OutboxWriter.postgres(database.dataSource());
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        for (int written = 0; written < WRITTEN; written += 100) {
            List<EventEnvelope> transaction =
                    Stream.generate(events::next).limit(100).collect(Collectors.toCollection(ArrayList::new));
            if (written % (WRITTEN / LARGE) == 0) {
                transaction.add(events.large());
            }
            transactions.executeWithoutResult(status -> writer.append(transaction));
        }
    }

    private void raise(ConfigurableApplicationContext shop) {
        Outbox outbox = shop.getBean(Outbox.class);
        TransactionTemplate transactions = shop.getBean(TransactionTemplate.class);
        for (int i = 0; i < RAISED / 2; i++) {
            String id = Integer.toString(i % 10);
            int pieces = i;
            transactions.executeWithoutResult(status -> {
                outbox.publish(new StockCounted(id, pieces, "aisle " + pieces));
                outbox.publish(new PriceChanged(id, BigDecimal.valueOf(pieces, 2)));
            });
        }
    }

    private void assertSame(ConsumerRecord<byte[], byte[]> relayed, ConsumerRecord<byte[], byte[]> routed) {
        assertThat(routed.topic()).isEqualTo(relayed.topic());
        assertThat(routed.partition()).isEqualTo(relayed.partition());
        assertThat(routed.key()).isEqualTo(relayed.key());
        assertThat(routed.value()).isEqualTo(relayed.value());
        assertSameHeaders(headers(relayed), headers(routed));
        assertThat(new InboxRecord(routed).metadata()).isEqualTo(new InboxRecord(relayed).metadata());
        assertThat(new InboxRecord(routed).stored().payload())
                .isEqualTo(new InboxRecord(relayed).stored().payload());
    }

    /** The one difference: the headers of the event itself come in one, which has no value if there are none. */
    private void assertSameHeaders(List<Header> relayed, List<Header> routed) {
        int own = routed.size() - 1;
        assertThat(routed.subList(0, own)).isEqualTo(relayed.subList(0, own));
        Header all = routed.get(own);
        assertThat(all.key()).isEqualTo(EventHeaders.ALL);
        Map<String, String> further = relayed.subList(own, relayed.size()).stream()
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8)));
        assertThat(all.value() == null).isEqualTo(further.isEmpty());
        assertThat(headersJson.read(all.value() == null ? null : new String(all.value(), UTF_8)))
                .isEqualTo(further);
    }

    private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.asList(record.headers().toArray());
    }

    /** The transactions were committed one after the other. */
    private void assertInOrder(Map<String, ConsumerRecord<byte[], byte[]>> routed) {
        List<String> stored = jdbc.sql("select id::text from outbox_event order by seq")
                .query(String.class)
                .list();
        assertThat(byPartition(routed.keySet(), routed)).isEqualTo(byPartition(stored, routed));
    }

    private static Map<TopicPartition, List<String>> byPartition(
            Collection<String> ids, Map<String, ConsumerRecord<byte[], byte[]>> records) {
        return ids.stream().collect(Collectors.groupingBy(id -> {
            ConsumerRecord<byte[], byte[]> record = requireNonNull(records.get(id));
            return new TopicPartition(record.topic(), record.partition());
        }));
    }
}
