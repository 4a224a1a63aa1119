package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestVisitor.Page;
import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main ways through the pages of a sidecar that runs. */
class ConsolePagesIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private TestConsole console;

    @BeforeEach
    void start() {
        console = TestConsole.start(database);
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void whoSignsInSeesTheOverviewAndSignsOutAgain() {
        TestVisitor visitor = TestVisitor.unknown(console);
        Page signIn = visitor.get("/outbox");
        assertThat(signIn.path()).isEqualTo("/outbox/sign-in");

        Page refused = visitor.submit(signIn, "/outbox/sign-in", Map.of("username", "viewer", "password", "wrong"));
        assertThat(refused.answer()).startsWith("This did not work");

        Page now =
                visitor.submit(refused, "/outbox/sign-in", Map.of("username", "viewer", "password", "secret-viewer"));
        assertThat(now.path()).isEqualTo("/outbox");
        assertThat(now.answer()).isNotEmpty();

        Page out = visitor.submit(now, "/outbox/sign-out", Map.of());
        assertThat(out.answer()).isEqualTo("You are signed out.");
        assertThat(visitor.get("/outbox").path()).isEqualTo("/outbox/sign-in");
    }

    @Test
    void aPageThatDoesNotExistOrIsDeniedIsOneOfTheConsole() {
        TestVisitor viewer = TestVisitor.signedIn(console, "viewer");

        Page unknown = viewer.get("/outbox/somewhere/else");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.answer()).isEqualTo("There is no page /outbox/somewhere/else");
        assertThat(viewer.get("/outbox?outbox=billing").answer())
                .isEqualTo("There is no outbox 'billing' here; there is outbox-relay");
        Page denied = viewer.get("/outbox/audit");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.answer()).startsWith("Your roles do not allow this page.");
        Page forged = viewer.post("/outbox/parked/release", Map.of());
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.answer()).startsWith("This was not done");
    }

    @Test
    void aPageThatLooksForNewsIsSentToTheSignInAsAWhole() {
        Page page = TestVisitor.unknown(console)
                .send(HttpRequest.newBuilder(console.address("/outbox"))
                        .header("HX-Request", "true")
                        .GET());

        assertThat(page.status()).isEqualTo(401);
        assertThat(page.response().headers().firstValue("HX-Redirect")).contains("/outbox/sign-in");
    }

    @Test
    void whatThePagesNeedComesFromTheConsole() {
        TestVisitor anybody = TestVisitor.unknown(console);

        for (String asset : new String[] {"console.css", "icon.svg", "htmx.min.js"}) {
            assertThat(anybody.get("/outbox/assets/" + asset).status())
                    .as(asset)
                    .isEqualTo(200);
        }
        assertThat(anybody.get("/outbox/assets/../console.css").status()).isNotEqualTo(200);
    }

    @Test
    void whatIsParkedIsExplainedAndReleasedWithTheNumberThatWasSeen() {
        outbox.commit(
                outbox.event("bad", LimitedTopic.TOO_LARGE), outbox.event("bad", "{}"), outbox.event("good", "{}"));
        console.awaitParked(2);
        TestVisitor operator = TestVisitor.signedIn(console, "operator");

        Page now = operator.get("/outbox");
        assertThat(now.answer()).isEqualTo("2 events of 1 key wait for a decision.");
        Page parked = operator.follow(now, "Decide about them");
        assertThat(parked.answer()).isEqualTo("2 events of 1 key wait for a decision.");
        assertThat(parked.document()
                        .select("section[aria-labelledby=causes] tbody tr")
                        .text())
                .contains("max.message.bytes");
        Page key = operator.follow(parked, "Order bad");
        assertThat(key.text()).contains("It waits behind the one before.").doesNotContain("Discard");

        Page event = operator.follow(key, "OrderPlaced v1");
        assertThat(event.answer()).startsWith("It is parked since").contains("max.message.bytes");
        assertThat(event.document().select(".steps .next").get(0).text()).startsWith("Neither parked nor held no");

        Page ask = operator.follow(key, "Release 2 events");
        assertThat(ask.answer()).isEqualTo("Publish 2 events of 1 key?");
        outbox.commit(outbox.event("bad", "{\"n\":3}"));
        console.awaitParked(3);
        Page moved = operator.submit(ask, "/outbox/parked/release", Map.of());
        assertThat(moved.status()).isEqualTo(409);
        assertThat(moved.text()).contains("There were 2 when you looked, and now there are 3. Nothing was done.");
        assertThat(moved.answer()).isEqualTo("Publish 3 events of 1 key?");

        outbox.raiseLimit();
        Page released = operator.submit(moved, "/outbox/parked/release", Map.of());
        assertThat(released.text()).contains("3 events will be published, in order.");
        console.awaitParked(0);
        assertThat(TestOutbox.values(outbox.records(), "bad"))
                .containsExactly(LimitedTopic.TOO_LARGE, "{}", "{\"n\":3}");

        Page again = operator.submit(moved, "/outbox/parked/release", Map.of());
        assertThat(again.text()).as("a double click").contains("3 events will be published, in order.");
        Page audit = TestVisitor.signedIn(console, "auditor").get("/outbox/audit");
        assertThat(audit.answer()).endsWith("by operator.");
        assertThat(audit.document().select("tbody tr")).hasSize(1);
    }

    @Test
    void anEventIsEditedAndReleasedInOneStep() {
        EventEnvelope event =
                outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE)).get(0);
        console.awaitParked(1);
        TestVisitor admin = TestVisitor.signedIn(console, "admin");
        Page edit = admin.get("/outbox/parked/events/%s/edit".formatted(event.id()));
        String action = "/outbox/parked/events/%s/edit".formatted(event.id());
        assertThat(edit.document().select("textarea").text()).isEqualTo(LimitedTopic.TOO_LARGE);

        Page refused = admin.submit(edit, action, Map.of("payload", "{", "release", "true"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("The payload is not JSON");
        assertThat(refused.document().select("textarea").text()).isEqualTo("{");

        Page done = admin.submit(refused, action, Map.of("payload", "{\"n\":1}", "release", "true"));
        assertThat(done.text()).contains("The event has another payload, and 1 event of its key will be published.");
        console.awaitParked(0);
        awaitPublished(admin, event);
        assertThat(TestOutbox.values(outbox.records(), "bad")).containsExactly("{\"n\":1}");
        Page late = admin.submit(refused, action, Map.of("payload", "{\"n\":1}", "release", "true"));
        assertThat(late.text()).contains("is not parked any more");
    }

    @Test
    void anAdminDiscardsAKeyOrOneEvent() {
        List<EventEnvelope> events = outbox.commit(
                outbox.event("bad", LimitedTopic.TOO_LARGE),
                outbox.event("bad", "{}"),
                outbox.event("worse", LimitedTopic.TOO_LARGE));
        console.awaitParked(3);
        TestVisitor admin = TestVisitor.signedIn(console, "admin");

        String one = "/outbox/parked/events/%s/discard".formatted(events.get(0).id());
        Page discarded = admin.submit(admin.get(one), one, Map.of());
        assertThat(discarded.text()).contains("1 event will never be published.");
        Page key = admin.submit(
                admin.get("/outbox/parked/discard?aggregateType=Order&aggregateId=worse"),
                "/outbox/parked/discard",
                Map.of());
        assertThat(key.text()).contains("1 event will never be published.");
        console.awaitParked(1);
        assertThat(admin.submit(admin.get(one), one, Map.of()).text())
                .contains("is not parked, or a decision about its key is already pending");
    }

    @Test
    void anEventIsFoundAndSaysHowFarItHasCome() {
        EventEnvelope event = outbox.commit(outbox.event("good", "{\"n\":1}")).get(0);
        TestVisitor viewer = TestVisitor.signedIn(console, "viewer");
        awaitPublished(viewer, event);

        Page byId = viewer.submit(
                viewer.get("/outbox/events"),
                "/outbox/events",
                Map.of("id", event.id().toString()));
        assertThat(byId.path()).isEqualTo("/outbox/events/" + event.id());
        assertThat(byId.answer()).startsWith("No consumer group has ever read from partition 0 of topic ");
        assertThat(viewer.get("/outbox/events/00000000-0000-7000-8000-000000000000")
                        .answer())
                .startsWith("The outbox does not have this event");
        Page byKey = viewer.submit(viewer.get("/outbox/events"), "/outbox/events", Map.of("key", "good"));
        assertThat(byKey.document().select("tbody tr")).hasSize(1);
        assertThat(viewer.submit(byKey, "/outbox/events", Map.of("key", "other"))
                        .answer())
                .startsWith("No event matches.");
        assertThat(viewer.submit(byKey, "/outbox/events", Map.of("id", "12")).answer())
                .isEqualTo("'12' is not the id of an event, which is a UUID");
        assertThat(byId.document().select("a").eachText()).doesNotContain("Payload");
        assertThat(viewer.get("/outbox/events/%s/payload".formatted(event.id())).status())
                .isEqualTo(403);
        assertThat(TestVisitor.signedIn(console, "admin")
                        .get("/outbox/events/%s/payload".formatted(event.id()))
                        .document()
                        .select("pre")
                        .text())
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void aReplayIsCountedBeforeItIsStarted() {
        EventEnvelope event = outbox.commit(outbox.event("good", "{}")).get(0);
        TestVisitor operator = TestVisitor.signedIn(console, "operator");
        awaitPublished(operator, event);

        Page estimate = operator.submit(
                operator.get("/outbox/replays"), "/outbox/replays/estimate", Map.of("aggregateId", "good"));
        assertThat(estimate.answer()).isEqualTo("Publish 1 event once more?");
        Page started = operator.submit(estimate, "/outbox/replays", Map.of());
        assertThat(started.path()).startsWith("/outbox/replays/");
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> operator.get(started.path()).answer().equals("Done: 1 event published once more."));
        assertThat(TestOutbox.values(outbox.records(), "good")).containsExactly("{}", "{}");
        assertThat(operator.submit(estimate, "/outbox/replays", Map.of()).path())
                .as("a double click")
                .isEqualTo(started.path());
        assertThat(operator.get("/outbox/replays").text()).contains("1 of 1");
    }

    @Test
    void thePositionsAreDecidedAboutByAnAdmin() {
        TestVisitor admin = TestVisitor.signedIn(console, "admin");
        Page lanes = admin.get("/outbox/lanes");
        assertThat(lanes.document().select("tbody tr")).hasSizeGreaterThanOrEqualTo(2);
        Page ask = admin.follow(lanes, "After pg_upgrade: keep the positions");
        assertThat(ask.answer()).isEqualTo("Take the positions of 1 lane over to this server?");
        assertThat(TestVisitor.signedIn(console, "operator")
                        .get("/outbox/lanes")
                        .text())
                .doesNotContain("pg_upgrade");
    }

    /** What others have written must not become a part of the page. */
    @Test
    void noTextOfOthersIsTakenForMarkup() {
        String script = "<script>alert('x')</script>";
        EventEnvelope event = outbox.commit(
                        outbox.event(script, LimitedTopic.TOO_LARGE.replace("xxx", script.replace("'", ""))))
                .get(0);
        console.awaitParked(1);
        JdbcClient.create(database.dataSource())
                .sql("update outbox_parked set reason = :reason")
                .param("reason", script)
                .update();
        TestVisitor admin = TestVisitor.signedIn(console, "admin");
        String text = URLEncoder.encode(script, StandardCharsets.UTF_8);

        for (String path : List.of(
                "/outbox/parked",
                "/outbox/parked?reason=" + text,
                "/outbox/parked?aggregateId=" + text + "&aggregateType=" + text,
                "/outbox/parked/key?aggregateType=Order&aggregateId=" + text,
                "/outbox/parked/release?reason=" + text,
                "/outbox/parked/discard?aggregateId=" + text,
                "/outbox/parked/topics/" + text.replace("%2F", "_") + "/discard",
                "/outbox/parked/events/%s/edit".formatted(event.id()),
                "/outbox/parked/events/%s/payload".formatted(event.id()),
                "/outbox/events?key=" + text,
                "/outbox/events?from=" + text,
                "/outbox/events/" + event.id(),
                "/outbox/events/%s/payload".formatted(event.id()),
                "/outbox/replays?type=" + text,
                "/outbox?outbox=" + text,
                "/outbox/" + text.replace("%2F", "_"))) {
            Page page = admin.get(path);
            assertThat(page.status()).as(path).isNotEqualTo(500);
            assertThat(page.document().select("script").eachAttr("src"))
                    .as(path)
                    .hasSize(page.document().select("script").size())
                    .allMatch(source -> source.equals("/outbox/assets/htmx.min.js"));
            assertThat(page.document().select("[style], style")).as(path).isEmpty();
        }
        assertThat(admin.get("/outbox/parked").text()).contains(script);
    }

    private static void awaitPublished(TestVisitor visitor, EventEnvelope event) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> visitor.get("/outbox/events/" + event.id())
                        .document()
                        .select(".steps .done")
                        .text()
                        .contains("Sent, and acknowledged by Kafka yes"));
    }
}
