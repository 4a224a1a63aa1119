package dev.outbox.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.sidecar.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each command, in words and as JSON, against a sidecar that runs. */
class CommandsIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private TestSidecar sidecar;
    private Shell shell;

    @BeforeEach
    void start() {
        sidecar = new TestSidecar(database);
        shell = new Shell(sidecar.url());
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    @Test
    void statusSaysInItsFirstLineWhetherAnythingIsLate() {
        await(run -> run.out().startsWith("Nothing is late.\n"), "status");
        assertThat(done("status").out()).contains("OUTBOX", "outbox-relay", "1, 0 without an owner");

        sidecar.commit("bad", LimitedTopic.TOO_LARGE);
        awaitParked(1);

        assertThat(done("status").out()).startsWith("1 event of 1 key waits for a decision.\n");
        assertThat(done("--json", "status").json().at("/parkedEvents").asInt()).isEqualTo(1);
        assertThat(done("status", "--outbox", "outbox-relay").out()).contains("1 event of 1 key");
        assertThat(ended(1, "status", "--outbox", "billing").err())
                .isEqualTo("outbox: There is no outbox 'billing' here; there is outbox-relay\n");
    }

    @Test
    void anEventIsFoundAndItsPayloadPrinted() {
        String first = sidecar.commit("good", "{\"n\":1}").id().toString();
        String second = sidecar.commit("good", "{\"n\":2}").id().toString();
        await(run -> run.out().contains("PUBLISHED"), "event", second);

        assertThat(done("event", first).out()).contains(first, "good", "OrderPlaced", "stage", "PUBLISHED");
        assertThat(done("event", first).out()).contains("STEP", "committed", "acknowledged", "done");
        assertThat(done("event", first, "--trail").out()).doesNotContain("OrderPlaced");
        assertThat(done("event", first, "--trail", "--json")
                        .json()
                        .at("/steps/0/state")
                        .asString())
                .isEqualTo("DONE");
        assertThat(done("event", first, "--json").json().at("/stage").asString())
                .isEqualTo("PUBLISHED");
        assertThat(done("event", first, "--payload").out()).isEqualTo("{\"n\":1}\n");
        assertThat(done("event", first, "--payload", "--json")
                        .json()
                        .at("/masked")
                        .asBoolean())
                .isFalse();
        assertThat(ended(1, "event", "00000000-0000-7000-8000-000000000000").err())
                .startsWith("outbox: The outbox does not have event 00000000-0000-7000-8000-000000000000");
        assertThat(ended(2, "event", "1").err()).contains("cannot convert '1' to UUID");

        assertThat(done("events", "--key", "good").out().lines())
                .hasSize(3)
                .last()
                .asString()
                .contains(first);
        Outcome page = done("events", "--key", "good", "--limit", "1");
        assertThat(page.out()).contains(second).doesNotContain(first);
        assertThat(page.err()).startsWith("There may be more: --after ");
        assertThat(done("events", "--after", page.err().strip().replaceAll(".* ", ""))
                        .out())
                .contains(first)
                .doesNotContain(second);
        assertThat(done("events", "--trace", TestSidecar.TRACE).out()).contains(first, second);
        assertThat(done("events", "--type", "OrderPaid").out())
                .isEqualTo("There is no such event. Without --from and --until, only the last hour is searched.\n");
        assertThat(done("events", "--until", "2020-01-01T00:00:00Z", "--from", "2019-01-01T00:00:00Z", "--json")
                        .json()
                        .at("/items"))
                .isEmpty();
        assertThat(ended(1, "events", "--limit", "0").err()).isEqualTo("outbox: limit is 0; 1 to 500 are possible\n");
    }

    @Test
    void whatIsParkedIsShownAndReleasedOnceThePersonAgrees() {
        sidecar.commit("bad", LimitedTopic.TOO_LARGE);
        sidecar.commit("bad", "{}");
        sidecar.commit("worse", LimitedTopic.TOO_LARGE);
        awaitParked(3);
        sidecar.topic().raiseLimit();

        assertThat(done("parked", "list").out()).contains("AGGREGATE", "bad", "worse", "max.message.bytes");
        assertThat(done("parked", "list", "--key", "bad", "--json")
                        .json()
                        .at("/items/0/events")
                        .asInt())
                .isEqualTo(2);
        assertThat(done("parked", "list", "--reason", "no such reason").out()).isEqualTo("Nothing is parked.\n");
        assertThat(done("parked", "list", "--aggregate-type", "Invoice").out()).isEqualTo("Nothing is parked.\n");
        assertThat(done("parked", "count", "--reason", "max.message.bytes").out())
                .isEqualTo("3 events of 2 keys\n");
        assertThat(done("parked", "count", "--key", "worse", "--json")
                        .json()
                        .at("/events")
                        .asInt())
                .isEqualTo(1);
        assertThat(done("parked", "events", "--aggregate-type", "Order", "--key", "bad")
                        .out()
                        .lines())
                .hasSize(3);

        assertThat(ended(2, "parked", "release", "--key", "bad").err())
                .isEqualTo(
                        "outbox: Release 2 events (key bad)? There is no terminal to ask at: say --seen 2, or --yes.\n");
        assertThat(ended(4, "parked", "release", "--key", "bad", "--seen", "1").err())
                .startsWith("outbox: You saw 1, and now it would be 2.");
        Outcome refused = shell.typing("no", "parked", "release", "--key", "bad");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("outbox: Nothing has changed.\n");
        awaitParked(3);

        Outcome agreed = shell.typing("y", "parked", "release", "--key", "bad");
        assertThat(agreed.questions()).containsExactly("Release 2 events (key bad)? [y/N] ");
        assertThat(agreed.exitCode()).isZero();
        assertThat(agreed.out()).matches("Entry \\d+ of the audit: release, key bad, affects 2\\.\n");
        awaitParked(1);
        assertThat(done("parked", "release", "--yes", "--json")
                        .json()
                        .at("/affected")
                        .asInt())
                .isEqualTo(1);
        awaitParked(0);

        assertThat(done("parked", "releases").out()).isEqualTo("No release is running.\n");
        assertThat(done("audit").out()).contains("ACTION", "release", "key bad", "all parked keys");
        assertThat(done("audit", "--json").json().at("/items")).hasSize(2);
        assertThat(done("audit", "--limit", "1").err()).startsWith("There may be more: --after ");
    }

    @Test
    void aReleaseIsFollowedToItsEndAndStopped() {
        sidecar.commit("bad", LimitedTopic.TOO_LARGE);
        sidecar.commit("bad", "{}");
        sidecar.commit("worse", LimitedTopic.TOO_LARGE);
        awaitParked(3);

        Outcome refused = ended(1, "parked", "release", "--key", "worse", "--yes", "--wait");
        assertThat(refused.out()).contains("release, key worse, affects 1.").endsWith("0 events published, 1 not.\n");
        assertThat(refused.err()).startsWith("outbox: 1 event of it not published: refused again, stopped");

        sidecar.topic().raiseLimit();
        Outcome drawn = shell.typing("y", "parked", "release", "--key", "bad", "--wait");
        assertThat(drawn.exitCode()).as("%s", drawn).isZero();
        assertThat(drawn.err()).contains("\r[##############################] 100 %, 2 of 2 events");
        assertThat(drawn.out()).endsWith(": 2 events published, 0 not.\n");

        String id = done("parked", "release", "--yes", "--wait", "--json")
                .json()
                .at("/id")
                .asString();
        assertThat(done("parked", "stop", id).out()).contains("stop-release, release %s, affects 0.".formatted(id));
        assertThat(ended(1, "parked", "stop", "77").err()).isEqualTo("outbox: There was no release 77\n");
    }

    @Test
    void whatIsParkedIsDiscarded() {
        EventEnvelope first = sidecar.commit("bad", LimitedTopic.TOO_LARGE);
        sidecar.commit("bad", "{}");
        sidecar.commit("worse", LimitedTopic.TOO_LARGE);
        awaitParked(3);
        String id = first.id().toString();

        assertThat(ended(2, "parked", "discard-event", id).err())
                .isEqualTo("outbox: Discard event %s? There is no terminal to ask at: say --yes.\n".formatted(id));
        assertThat(shell.typing("yes", "parked", "discard-event", id).out()).contains("discard, event " + id);
        assertThat(ended(1, "parked", "discard-event", id, "--yes").err()).contains("is not parked");
        assertThat(done("parked", "discard", "--key", "worse", "--seen", "1").out())
                .contains("affects 1.");
        assertThat(done("parked", "discard", "--yes", "--json")
                        .json()
                        .at("/subject")
                        .asString())
                .isEqualTo("all parked keys");
        awaitParked(0);

        assertThat(done("audit", "--json").json().at("/items")).hasSize(3);
    }

    @Test
    void aParkedEventIsEditedFromAFile(@TempDir Path folder) throws IOException {
        String id = sidecar.commit("bad", LimitedTopic.TOO_LARGE).id().toString();
        awaitParked(1);
        Path file = Files.writeString(folder.resolve("payload.json"), "{\"text\":\"ü\"}");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");

        assertThat(done("parked", "edit", id, file.toString()).out()).contains("edit, event " + id);
        assertThat(done("parked", "payload", id).out()).isEqualTo("{\"text\":\"ü\"}\n");
        assertThat(done("parked", "payload", id, "--json").json().at("/base64").asBoolean())
                .isFalse();
        assertThat(ended(1, "parked", "edit", id, broken.toString()).err())
                .startsWith("outbox: The payload is not JSON: ");
        assertThat(ended(2, "parked", "edit", id, folder.resolve("none").toString())
                        .err())
                .startsWith("outbox: Cannot read ");
        assertThat(done("parked", "edit", id, file.toString(), "--json")
                        .json()
                        .at("/action")
                        .asString())
                .isEqualToIgnoringCase("edit");
    }

    @Test
    void consumersAndTargetsAreShown() {
        sidecar.commit("good", "{}");
        await(
                run -> run.out().contains("0 events waiting")
                        && run.out().contains(sidecar.topic().name()),
                "targets");

        assertThat(done("targets").out()).contains("Kafka at ", "TOPIC", "HELD");
        assertThat(done("targets", "--json").json().at("/targets/0/kind").asString())
                .isEqualTo("kafka");
        assertThat(done("consumers").out())
                .startsWith("No consumer group has ever read from ")
                .contains(sidecar.topic().name());
        assertThat(done("consumers", "--json").json().at("/groups/groups")).isEmpty();
    }

    @Test
    void lanesAreShownAndTheirPositionsDecidedAbout() {
        String id = sidecar.commit("good", "{}").id().toString();
        await(run -> run.out().contains("PUBLISHED"), "event", id);

        assertThat(done("lanes").out()).contains("LANE", "RELAY", "running").doesNotContain("nobody");
        assertThat(done("lanes", "--json").json().at("/lanes")).hasSize(1);
        assertThat(ended(2, "lanes", "rebase", "--yes").err()).contains("--forget", "--keep");
        assertThat(ended(2, "lanes", "rebase", "--yes", "--keep", "--forget").err())
                .contains("mutually exclusive");
        assertThat(ended(4, "lanes", "rebase", "--keep", "--seen", "2").err()).startsWith("outbox: You saw 2");
        Outcome forgotten = shell.typing("y", "lanes", "rebase", "--forget");
        assertThat(forgotten.questions())
                .containsExactly("Forget the positions of 1 lane, and publish again all that is retained? [y/N] ");
        assertThat(forgotten.out()).contains("republish, all lanes, affects 1.");
        assertThat(done("lanes", "rebase", "--keep", "--yes", "--json")
                        .json()
                        .at("/affected")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aReplayIsCountedThenFollowedToItsEnd() {
        IntStream.range(0, 3).forEach(n -> sidecar.commit("good", "{\"n\":" + n + "}"));
        awaitReplayable(3);

        assertThat(done("replay", "--dry-run", "--key", "good").out())
                .startsWith("3 events, 21 bytes, raised before ")
                .endsWith(", of topics: " + sidecar.topic().name() + "\n");
        assertThat(ended(2, "replay").err()).contains("say --seen 3, or --yes.");
        assertThat(ended(4, "replay", "--seen", "5").err()).startsWith("outbox: You saw 5");
        assertThat(ended(1, "replay", "--dry-run", "--until", "2020-01-01T00:00:00Z", "--from", "2021-01-01T00:00:00Z")
                        .err())
                .contains("is not after from");

        Outcome lines = done("replay", "--key", "good", "--yes");
        assertThat(lines.out())
                .contains("of 3 events is running. To stop it: outbox replay stop ", "3 of 3 events")
                .endsWith(": completed, 3 events published again.\n");
        Outcome drawn = shell.typing(
                "y",
                "replay",
                "--type",
                "OrderPlaced",
                "--topic",
                sidecar.topic().name());
        assertThat(drawn.exitCode()).isZero();
        assertThat(drawn.questions()).singleElement().asString().startsWith("Publish again 3 events, 21 bytes, ");
        assertThat(drawn.err()).contains("\r[##############################] 100 %, 3 of 3 events");
        assertThat(done("replay", "--yes", "--json").json().at("/state").asString())
                .isEqualTo("COMPLETED");
        assertThat(done("replay", "list").out()).contains("STARTED AT", "completed");
        assertThat(done("replay", "list", "--json").json()).hasSize(3);
    }

    @Test
    void aReplayLeavesOutWhatIsRaisedWhileThePersonIsAsked() {
        sidecar.commit("good", "{}");
        awaitReplayable(1);

        Outcome outcome = shell.typing(
                () -> {
                    sidecar.commit("good", "{}");
                    awaitReplayable(2);
                    return "y";
                },
                "replay");

        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
        assertThat(outcome.out()).endsWith(": completed, 1 event published again.\n");
    }

    @Test
    void aReplayIsStopped() {
        IntStream.range(0, 3).forEach(n -> sidecar.commit("good", "{}"));
        awaitReplayable(3);

        Outcome started = done("replay", "--yes", "--rate", "1", "--detach", "--json");
        String id = started.json().at("/id").asString();
        assertThat(done("replay", "stop", id).out()).startsWith("Replay %s was told to stop.".formatted(id));
        await(run -> run.out().contains("stopped"), "replay", "list");
        assertThat(done("replay", "stop", id, "--json").json().at("/state").asString())
                .isEqualTo("STOPPED");
        assertThat(ended(1, "replay", "stop", "77").err())
                .isEqualTo("outbox: This process has carried out no replay 77 since it started\n");
    }

    private Outcome done(String... arguments) {
        return ended(0, arguments);
    }

    private Outcome ended(int exitCode, String... arguments) {
        Outcome outcome = shell.run(arguments);
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
        return outcome;
    }

    private void awaitParked(int events) {
        await(run -> run.json().at("/parkedEvents").asInt() == events, "status", "--json");
        await(run -> events > 0 || run.out().equals("Nothing is parked.\n"), "parked", "list");
    }

    private void awaitReplayable(int events) {
        await(run -> run.json().at("/events").asInt() == events, "replay", "--dry-run", "--json");
    }

    private void await(Predicate<Outcome> condition, String... arguments) {
        Awaitility.await(List.of(arguments).toString()).atMost(Patience.LIMIT).until(() -> {
            Outcome outcome = shell.run(arguments);
            // Refused as long as nothing is published, such as a replay.
            return outcome.exitCode() == 0 && condition.test(outcome);
        });
    }
}
