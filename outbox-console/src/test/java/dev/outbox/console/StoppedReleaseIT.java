package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.console.TestVisitor.Page;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.JsonNode;

/** A release says how far it has come, from whichever console; a person stops it, and what it has not published stays parked. */
class StoppedReleaseIT {

    private static final String RELEASES = "/outbox/api/parked/releases";

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private TestConsole console;

    @BeforeEach
    void start() {
        console = TestConsole.start(database);
        outbox.commit(
                outbox.event("bad", LimitedTopic.TOO_LARGE),
                outbox.event("bad", "{\"n\":2}"),
                outbox.event("worse", LimitedTopic.TOO_LARGE));
        console.awaitParked(3);
        outbox.raiseLimit();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void whatWasStoppedBeforeItWasPublishedStaysParkedInOrder() {
        console.stopRelay();
        long id = release(3).json().at("/id").asLong();
        assertThat(job(id).at("/state").asString()).isEqualTo("RUNNING");
        assertThat(job(id).at("/pending").asLong()).isEqualTo(3);
        assertThat(console.get("viewer", RELEASES).json().at("/0/subject").asString())
                .isEqualTo("aggregate type Order");

        Answer stopped = stop(id);
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.json().at("/action").asString()).isEqualTo("stop-release");
        assertThat(stopped.json().at("/affected").asLong()).isEqualTo(3);
        assertThat(job(id).at("/state").asString()).isEqualTo("STOPPING");
        assertThat(stop(id).json().at("/affected").asLong()).as("once more").isZero();

        console.bean("outboxRelayLoop", SmartLifecycle.class).start();
        outbox.commit(outbox.event("bad", "{\"n\":3}"), outbox.event("good", "{}"));
        awaitEnd(id);
        console.awaitParked(4);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> TestOutbox.values(outbox.records(), "good").size() == 1);

        assertThat(job(id).at("/kept").asLong()).isEqualTo(3);
        assertThat(job(id).at("/published").asLong()).isZero();
        assertThat(TestOutbox.values(outbox.records(), "bad")).isEmpty();
        assertThat(release(4).json().at("/affected").asLong()).isEqualTo(4);
        console.awaitParked(0);
        assertThat(TestOutbox.values(outbox.records(), "bad"))
                .containsExactly(LimitedTopic.TOO_LARGE, "{\"n\":2}", "{\"n\":3}");
        assertThat(console.get("auditor", "/outbox/api/audit")
                        .json()
                        .at("/items")
                        .size())
                .as("two releases, and a stop that was asked for twice")
                .isEqualTo(4);
    }

    @Test
    void aReleaseThatNobodyStopsEndsWithAllPublished() {
        long id = release(3).json().at("/id").asLong();
        console.awaitParked(0);
        awaitEnd(id);

        assertThat(job(id).at("/published").asLong()).isEqualTo(3);
        assertThat(job(id).at("/kept").asLong()).isZero();
        assertThat(console.get("viewer", RELEASES).json()).isEmpty();
        assertThat(console.get("viewer", RELEASES + "/77").status()).isEqualTo(404);
        assertThat(console.post("operator", RELEASES + "/77/stop", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void thePageOfAReleaseHasItsProgressAndAButtonThatStopsIt() {
        console.stopRelay();
        long id = release(3).json().at("/id").asLong();
        TestVisitor operator = TestVisitor.signedIn(console, "operator");

        Page running = operator.follow(operator.get("/outbox/parked"), "Release " + id);
        assertThat(running.answer()).isEqualTo("0 of 3 events published.");
        assertThat(TestVisitor.signedIn(console, "viewer")
                        .get(running.path())
                        .document()
                        .select("#stop"))
                .isEmpty();
        Page stopping = operator.submit(running, running.path() + "/stop", Map.of());
        assertThat(stopping.text()).contains("the rest stays parked");
        assertThat(stopping.answer()).isEqualTo("It stops, after 0 of 3 events.");

        console.bean("outboxRelayLoop", SmartLifecycle.class).start();
        awaitEnd(id);
        assertThat(operator.get(running.path()).answer())
                .isEqualTo("It has ended: 0 of 3 events published, and 3 not.");
    }

    private Answer release(long seen) {
        return console.post(
                "operator", "/outbox/api/parked/release", "{\"aggregateType\":\"Order\",\"seen\":%d}".formatted(seen));
    }

    private Answer stop(long id) {
        return console.post("operator", RELEASES + "/%d/stop".formatted(id), "{}");
    }

    private JsonNode job(long id) {
        return console.get("viewer", RELEASES + "/" + id).json();
    }

    private void awaitEnd(long id) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> job(id).at("/state").asString().equals("ENDED"));
    }
}
