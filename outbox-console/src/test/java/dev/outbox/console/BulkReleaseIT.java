package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand parked events of a hundred keys are released by one request, while other keys are published. */
class BulkReleaseIT {

    private static final int KEYS = 100;
    private static final int EVENTS = 10_000;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(kind(), OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private TestConsole console;

    @BeforeEach
    void start() {
        console = TestConsole.start(database);
    }

    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    /** For the leaves. */
    final TestConsole console() {
        return console;
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void oneRequestReleasesThemInOrderWhileOtherKeysFlow() {
        List<EventEnvelope> events = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            events.add(outbox.event("bad-" + key, LimitedTopic.TOO_LARGE));
        }
        for (int number = 1; number < EVENTS / KEYS; number++) {
            for (int key = 0; key < KEYS; key++) {
                events.add(outbox.event("bad-" + key, "{\"n\":%d}".formatted(number)));
            }
        }
        outbox.commitTogether(events);
        console.awaitParked(EVENTS);
        outbox.raiseLimit();

        Answer released = console.post(
                "operator",
                "/outbox/api/parked/release",
                "{\"aggregateType\":\"Order\",\"seen\":%d}".formatted(EVENTS));
        assertThat(released.json().at("/affected").asInt()).isEqualTo(EVENTS);
        outbox.commit(outbox.event("good", "{\"n\":1}"), outbox.event("good", "{\"n\":2}"));

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", "/outbox/api/parked")
                                .json()
                                .at("/items")
                                .isEmpty()
                        && outbox.records().size() >= EVENTS + 2);
        List<ConsumerRecord<String, String>> records = outbox.records();
        Map<String, List<String>> byKey = records.stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
        List<String> expected = new ArrayList<>(List.of(LimitedTopic.TOO_LARGE));
        IntStream.range(1, EVENTS / KEYS).mapToObj("{\"n\":%d}"::formatted).forEach(expected::add);
        assertThat(byKey).hasSize(KEYS + 1).containsEntry("good", List.of("{\"n\":1}", "{\"n\":2}"));
        byKey.remove("good");
        assertThat(byKey.values()).allSatisfy(values -> assertThat(values).isEqualTo(expected));
        assertThat(console.get("auditor", "/outbox/api/audit")
                        .json()
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }
}
