package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Every operation, against a sidecar that runs. */
class ConsoleApiIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private TestConsole console;

    @BeforeEach
    void start() {
        console = TestConsole.start(database, "--outbox.console.mask=$..iban");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void whatIsParkedIsCountedExplainedAndReleasedOnce() {
        outbox.commit(
                outbox.event("bad", LimitedTopic.TOO_LARGE), outbox.event("bad", "{}"), outbox.event("good", "{}"));
        console.awaitParked(2);

        JsonNode keys = console.get("viewer", "/outbox/api/parked").json();
        assertThat(keys.at("/items/0/key/id").asString()).isEqualTo("bad");
        assertThat(keys.at("/items/0/reason").asString()).contains("max.message.bytes");
        assertThat(keys.at("/next").isNull()).isTrue();
        JsonNode events = console.get("viewer", "/outbox/api/parked/events?aggregateType=Order&aggregateId=bad")
                .json();
        assertThat(events.size()).isEqualTo(2);
        assertThat(events.at("/0/stage").asString()).isEqualTo("PARKED");
        assertThat(events.at("/1/reason").isNull())
                .as("it waits behind the first")
                .isTrue();

        Answer moved = console.post("operator", "/outbox/api/parked/release", "{\"aggregateId\":\"bad\",\"seen\":1}");
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.json().at("/found").asLong()).isEqualTo(2);
        assertThat(moved.json().at("/detail").asString())
                .isEqualTo("You saw 1, and now it would be 2. Look again, and decide about what there is now.");

        outbox.raiseLimit();
        Answer released = release("request-1", 2);
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.json().at("/affected").asLong()).isEqualTo(2);
        assertThat(released.json().at("/actor").asString()).isEqualTo("operator");
        console.awaitParked(0);
        assertThat(TestOutbox.values(outbox.records(), "bad")).containsExactly(LimitedTopic.TOO_LARGE, "{}");

        assertThat(release("request-1", 2).json()).as("the same request").isEqualTo(released.json());
        assertThat(console.post(
                                "operator",
                                "/outbox/api/parked/release",
                                "{\"aggregateId\":\"good\",\"seen\":2}",
                                "Idempotency-Key",
                                "request-1")
                        .status())
                .as("another request under its key")
                .isEqualTo(422);
        assertThat(audit()).containsExactly("release key bad");
    }

    @Test
    void anEventIsEditedAndItsKeyReleased() {
        EventEnvelope event =
                outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE)).get(0);
        console.awaitParked(1);
        String path = "/outbox/api/parked/events/" + event.id();

        assertThat(console.post("admin", path + "/edit", "{\"payload\":\"{\"}")
                        .json()
                        .at("/detail")
                        .asString())
                .startsWith("The payload is not JSON: ");
        assertThat(console.post("admin", path + "/edit", "{\"payload\":\"{\\\"text\\\":\\\"y\\\"}\"}")
                        .status())
                .isEqualTo(200);
        assertThat(console.get("payload", path + "/payload").json().at("/text").asString())
                .isEqualTo("{\"text\":\"y\"}");
        assertThat(release("request-2", 1).status()).isEqualTo(200);
        console.awaitParked(0);

        assertThat(TestOutbox.values(outbox.records(), "bad")).containsExactly("{\"text\":\"y\"}");
        assertThat(audit()).containsExactly("release key bad", "edit event " + event.id());
    }

    @Test
    void eventsAreDiscardedOneByOneOrByKey() {
        List<EventEnvelope> events = outbox.commit(
                outbox.event("bad", LimitedTopic.TOO_LARGE),
                outbox.event("bad", "{}"),
                outbox.event("worse", LimitedTopic.TOO_LARGE));
        console.awaitParked(3);
        String first = "/outbox/api/parked/events/" + events.get(0).id() + "/discard";

        assertThat(console.post("admin", first, "{}").status()).isEqualTo(200);
        assertThat(console.post("admin", first, "{}").status()).as("it is gone").isEqualTo(409);
        assertThat(console.post("admin", "/outbox/api/parked/discard", "{\"aggregateId\":\"worse\",\"seen\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(release("request-3", 1).status()).isEqualTo(200);
        console.awaitParked(0);

        Awaitility.await().atMost(Patience.LIMIT).until(() -> !outbox.records().isEmpty());
        assertThat(TestOutbox.values(outbox.records(), "bad")).containsExactly("{}");
        assertThat(TestOutbox.values(outbox.records(), "worse")).isEmpty();
        assertThat(audit())
                .containsExactly(
                        "release key bad",
                        "discard key worse",
                        "discard event " + events.get(0).id());
    }

    @Test
    void anEventIsFoundByIdKeyAndTraceAndItsPayloadIsMasked() {
        EventEnvelope event = outbox.commit(outbox.event("good", "{\"account\":{\"iban\":\"DE02\"},\"n\":1}"))
                .get(0);
        awaitStage(event, "PUBLISHED");

        for (String search : List.of("key=good", "type=OrderPlaced", "trace=" + TestOutbox.TRACE)) {
            assertThat(console.get("viewer", "/outbox/api/events?" + search)
                            .json()
                            .at("/items/0/id")
                            .asString())
                    .as(search)
                    .isEqualTo(event.id().toString());
        }
        assertThat(console.get("viewer", "/outbox/api/events?key=other")
                        .json()
                        .at("/items")
                        .size())
                .isZero();
        JsonNode payload = console.get("payload", "/outbox/api/events/" + event.id() + "/payload")
                .json();
        assertThat(payload.at("/masked").asBoolean()).isTrue();
        assertThat(payload.at("/text").asString()).isEqualTo("{\"account\":{\"iban\":\"***\"},\"n\":1}");
        assertThat(console.get("viewer", "/outbox/api/events/00000000-0000-7000-8000-000000000000")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aReplayIsEstimatedStartedAndAudited() {
        EventEnvelope event = outbox.commit(outbox.event("good", "{\"n\":1}"), outbox.event("other", "{}"))
                .get(0);
        awaitStage(event, "PUBLISHED");
        String estimatePath = "/outbox/api/replays/estimate";
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.post("operator", estimatePath, "{}")
                                .json()
                                .at("/events")
                                .asLong()
                        == 2);

        JsonNode estimate = console.post("operator", estimatePath, "{\"aggregateId\":\"good\"}")
                .json();
        assertThat(estimate.at("/events").asLong()).isEqualTo(1);
        assertThat(estimate.at("/bytes").asLong()).isEqualTo(7);
        assertThat(estimate.at("/topics/0").asString()).isEqualTo(outbox.topic());
        String body = "{\"aggregateId\":\"good\",\"until\":\"%s\",\"seen\":%d}";
        assertThat(console.post(
                                "operator",
                                "/outbox/api/replays",
                                body.formatted(estimate.at("/until").asString(), 5))
                        .status())
                .isEqualTo(409);

        Answer started = console.post(
                "operator",
                "/outbox/api/replays",
                body.formatted(estimate.at("/until").asString(), 1));
        assertThat(started.status()).isEqualTo(202);
        String job = "/outbox/api/replays/" + started.json().at("/id").asLong();
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", job)
                        .json()
                        .at("/state")
                        .asString()
                        .equals("COMPLETED"));
        assertThat(console.get("viewer", job).json().at("/published").asLong()).isEqualTo(1);
        assertThat(TestOutbox.values(outbox.records(), "good")).containsExactly("{\"n\":1}", "{\"n\":1}");
        assertThat(audit()).singleElement().asString().startsWith("replay key good, raised until ");
    }

    @Test
    void aReplayIsStopped() {
        List<EventEnvelope> events =
                outbox.commit(outbox.event("good", "{}"), outbox.event("good", "{}"), outbox.event("good", "{}"));
        awaitStage(events.get(2), "PUBLISHED");
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.post("operator", "/outbox/api/replays/estimate", "{}")
                                .json()
                                .at("/events")
                                .asLong()
                        == 3);

        JsonNode started = console.post("operator", "/outbox/api/replays", "{\"seen\":3,\"eventsPerSecond\":1}")
                .json();
        String job = "/outbox/api/replays/" + started.at("/id").asLong();
        console.post("operator", job + "/stop", "{}");

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", job)
                        .json()
                        .at("/state")
                        .asString()
                        .equals("STOPPED"));
        assertThat(console.get("viewer", job).json().at("/published").asLong()).isLessThan(3);
    }

    @Test
    void positionsAreForgottenOnlyIfAllLanesWereSeen() {
        EventEnvelope event = outbox.commit(outbox.event("good", "{}")).get(0);
        awaitStage(event, "PUBLISHED");
        String path = "/outbox/api/lanes/rebase";

        assertThat(console.post("admin", path, "{\"positions\":\"FORGET\",\"seen\":2}")
                        .status())
                .isEqualTo(409);
        assertThat(console.post("admin", path, "{\"positions\":\"FORGET\",\"seen\":1}")
                        .status())
                .isEqualTo(200);

        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> TestOutbox.values(outbox.records(), "good").size() == 2);
        assertThat(audit()).containsExactly("republish all lanes");
    }

    @Test
    void theOverviewSaysInItsFirstWordsWhetherAnythingIsLate() {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", "/outbox/api/overview")
                        .json()
                        .at("/answer")
                        .asString()
                        .equals("Nothing is late."));
        outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE));
        console.awaitParked(1);

        JsonNode overview = console.get("viewer", "/outbox/api/overview").json();
        assertThat(overview.at("/answer").asString()).isEqualTo("1 event of 1 key waits for a decision.");
        assertThat(overview.at("/lanes").asInt()).isEqualTo(1);
        assertThat(overview.at("/relays").asInt()).isEqualTo(1);
        JsonNode lanes = console.get("viewer", "/outbox/api/lanes").json();
        assertThat(lanes.at("/lanes/0/owner").asString())
                .isEqualTo(lanes.at("/relays/0/name").asString());
    }

    @Test
    void badRequestsAreProblemsThatSayWhatIsWrong() {
        assertThat(console.get("viewer", "/outbox/api/parked?limit=0")
                        .json()
                        .at("/detail")
                        .asString())
                .isEqualTo("limit is 0; 1 to 500 are possible");
        assertThat(console.get("viewer", "/outbox/api/parked?after=x")
                        .json()
                        .at("/detail")
                        .asString())
                .isEqualTo("'after' is not the 'next' of an earlier page: x");
        assertThat(console.get("viewer", "/outbox/api/parked?outbox=billing")
                        .json()
                        .at("/detail")
                        .asString())
                .isEqualTo("There is no outbox 'billing' here; there is outbox-relay");
        assertThat(console.get("viewer", "/outbox/api/events/1").status()).isEqualTo(400);
        assertThat(console.post("operator", "/outbox/api/parked/release", "{").status())
                .isEqualTo(400);
    }

    private Answer release(String request, int seen) {
        return console.post(
                "operator",
                "/outbox/api/parked/release",
                "{\"aggregateId\":\"bad\",\"seen\":%d}".formatted(seen),
                "Idempotency-Key",
                request);
    }

    private void awaitStage(EventEnvelope event, String stage) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", "/outbox/api/events/" + event.id())
                        .json()
                        .at("/stage")
                        .asString()
                        .equals(stage));
    }

    /** The last decision first. */
    private List<String> audit() {
        JsonNode items = console.get("auditor", "/outbox/api/audit").json().at("/items");
        return items.valueStream()
                .map(item -> item.at("/action").asString() + " "
                        + item.at("/subject").asString())
                .map(text -> text.replace("_", "-").toLowerCase(Locale.ROOT))
                .toList();
    }
}
