package dev.outbox.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.EventHeaders;
import dev.outbox.stock.OrderTopic;
import dev.outbox.store.OutboxSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Consumers that are killed, or frozen for longer than their session, in the midst of a transaction, and their successors. */
class KilledConsumerIT {

    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final int AGGREGATES = 5;
    private static final int EVENTS = 40;
    private static final int HANG_AT = 17;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final String topic = "orders.killed-" + UUID.randomUUID();

    @BeforeEach
    void sendAllEvents() throws Exception {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        jdbc.sql("create table ledger (id bigint generated always as identity, aggregate text, sequence bigint)")
                .update();
        Map<String, Object> settings = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int sequence = 1; sequence <= EVENTS; sequence++) {
                for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
                    sent.add(producer.send(event("a" + aggregate, sequence)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aConsumerThatIsKilledInMidBatchHasAppliedNothingOfItAndItsSuccessorAppliesAllOnce() throws Exception {
        Process killed = startHanging();
        try {
            awaitHang(killed);
            assertThat(entries()).isZero();
            killed.destroyForcibly();
            assertThat(killed.waitFor(30, TimeUnit.SECONDS)).isTrue();
            try (ConfigurableApplicationContext successor = startSuccessor()) {
                awaitAll(successor);
            }
        } finally {
            killed.destroyForcibly();
        }
        assertEachOnceAndInOrder();
    }

    @Test
    void aConsumerThatIsFrozenBeyondItsSessionAndWakesUpAddsNothingToWhatItsSuccessorApplies() throws Exception {
        Process frozen = startHanging();
        try {
            awaitHang(frozen);
            signal("-STOP", frozen);
            try (ConfigurableApplicationContext successor = startSuccessor()) {
                // The successor has the partitions, and asks the guard about events whose fate is not known yet.
                await().atMost(DEADLINE).until(() -> waitingForALock() > 0);
                signal("-CONT", frozen);
                frozen.getOutputStream().write('\n');
                frozen.getOutputStream().flush();
                awaitAll(successor);
            }
        } finally {
            frozen.destroyForcibly();
        }
        assertEachOnceAndInOrder();
    }

    private void assertEachOnceAndInOrder() {
        for (int aggregate = 0; aggregate < AGGREGATES; aggregate++) {
            assertThat(jdbc.sql("select sequence from ledger where aggregate = ? order by id")
                            .param("a" + aggregate)
                            .query(Long.class)
                            .list())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
    }

    private void awaitAll(ConfigurableApplicationContext successor) {
        assertThat(successor.isRunning()).isTrue();
        await().atMost(DEADLINE).until(() -> entries() >= AGGREGATES * EVENTS);
    }

    private long entries() {
        return jdbc.sql("select count(*) from ledger").query(Long.class).single();
    }

    private long waitingForALock() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """).query(Long.class).single();
    }

    private ProducerRecord<String, String> event(String aggregate, int sequence) {
        ProducerRecord<String, String> sent =
                new ProducerRecord<>(topic, aggregate, "{\"orderId\":\"%s\",\"article\":\"tea\"}".formatted(aggregate));
        Map<String, String> headers = OrderTopic.headers("OrderPlaced", id(aggregate, sequence), 2);
        headers.put(EventHeaders.SUBJECT, aggregate);
        headers.put(EventHeaders.SEQUENCE, Integer.toString(sequence));
        headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return sent;
    }

    private static String id(String aggregate, int sequence) {
        return aggregate + "-" + sequence;
    }

    private ConfigurableApplicationContext startSuccessor() {
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .run(arguments().toArray(String[]::new));
    }

    private Process startHanging() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), LedgerConsumer.class.getName()));
        command.addAll(arguments());
        command.add("--ledger.hang-at=" + id("a0", HANG_AT));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }

    private List<String> arguments() {
        return List.of(
                "--spring.application.name=ledger",
                "--spring.flyway.enabled=false",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--spring.kafka.consumer.properties.heartbeat.interval.ms=1000",
                "--outbox.packages=dev.outbox.stock",
                "--outbox.topics.Order=" + topic,
                "--outbox.inbox.group=" + topic);
    }

    private static void awaitHang(Process process) throws IOException {
        StringBuilder output = new StringBuilder();
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(LedgerConsumer.HANGS)) {
                drain(reader);
                return;
            }
            output.append(line).append('\n');
        }
        throw new AssertionError("Ended before it came to its event:\n" + output);
    }

    /** What it says later must not fill the pipe. */
    private static void drain(BufferedReader reader) {
        Thread thread = new Thread(() -> reader.lines().forEach(line -> {}), "drain");
        thread.setDaemon(true);
        thread.start();
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
