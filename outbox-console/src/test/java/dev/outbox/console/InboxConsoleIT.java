package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.console.TestVisitor.Page;
import dev.outbox.console.service.Bookshop;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The console of a service with an inbox and without a relay: what could not be handled, and the decisions about it. */
class InboxConsoleIT {

    private static final String PARKED = "/outbox/api/inbox/parked";

    @RegisterExtension
    static final MigratedDatabase DATABASE = MigratedDatabase.by(OutboxSchema.class);

    private static final TestBooks BOOKS = new TestBooks();

    private static TestConsole console;

    @BeforeAll
    static void start() {
        console = TestConsole.startService(DATABASE, BOOKS, "--outbox.console.mask=$.customer");
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void whatIsParkedIsListedByItsCauseAndReleasedWithOneRowInTheAudit() {
        orders("emma", 2);

        JsonNode cause = get("viewer", "/causes")
                .valueStream()
                .filter(found -> found.at("/reason").asString().contains("emma"))
                .findFirst()
                .orElseThrow();
        assertThat(cause.at("/consumer").asString()).isEqualTo(BOOKS.topic());
        assertThat(cause.at("/cause").asString()).isEqualTo("FAILED");
        assertThat(cause.at("/keys").asInt()).isEqualTo(1);
        assertThat(cause.at("/events").asInt()).isEqualTo(2);
        assertThat(get("viewer", "?consumer=%s&cause=FAILED&key=emma".formatted(BOOKS.topic())))
                .hasSize(1);
        assertThat(get("viewer", "?cause=GAP")).isEmpty();

        JsonNode first = events("emma").get(0);
        JsonNode event = get("viewer", "/events/" + first.at("/id").asLong());
        assertThat(event.at("/type").asString()).isEqualTo("BookOrdered");
        assertThat(event.at("/reason").asString()).contains("There is no book emma");
        assertThat(event.at("/topic").asString()).isEqualTo(BOOKS.topic());

        shop().learn("emma");
        JsonNode release = post("operator", "/release", key("emma", 2));
        assertThat(release.at("/handled").asInt()).isEqualTo(2);
        assertThat(release.at("/failure").isNull()).isTrue();
        assertThat(release.at("/decision/action").asString()).isEqualTo("inbox-release");
        assertThat(release.at("/decision/affected").asInt()).isEqualTo(2);
        assertThat(shop().handled()).contains("emma for ada", "emma for alan");
        assertThat(events("emma")).isEmpty();
        assertThat(rows("emma")).isEqualTo(1);
        JsonNode last = console.get("auditor", "/outbox/api/audit").json().at("/items/0");
        assertThat(last.at("/actor").asString()).isEqualTo("operator");
        assertThat(last.at("/subject").asString())
                .isEqualTo("inbox key 'emma' of %s for %s".formatted(BOOKS.topic(), BOOKS.topic()));
    }

    @Test
    void aReleaseThatFailsAgainLeavesItsRowAndItsReason() {
        orders("persuasion", 2);

        JsonNode release = post("operator", "/release", key("persuasion", 2));

        assertThat(release.at("/handled").asInt()).isZero();
        assertThat(release.at("/failure").asString()).contains("There is no book persuasion");
        assertThat(events("persuasion")).hasSize(2);
        assertThat(rows("persuasion")).isEqualTo(1);
    }

    @Test
    void aDecisionWhoseRowCannotBeWrittenChangesNothing() {
        orders("lady-susan", 1);
        shop().learn("lady-susan");
        long id = events("lady-susan").get(0).at("/id").asLong();
        JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
        jdbc.sql("alter table outbox_audit rename to outbox_audit_away").update();
        try {
            assertThat(console.post("operator", PARKED + "/release", key("lady-susan", 1))
                            .status())
                    .isEqualTo(503);
            assertThat(console.post("admin", PARKED + "/discard", key("lady-susan", 1))
                            .status())
                    .isEqualTo(503);
            assertThat(console.post("admin", PARKED + "/events/%d/discard".formatted(id), "{}")
                            .status())
                    .isEqualTo(503);
        } finally {
            jdbc.sql("alter table outbox_audit_away rename to outbox_audit").update();
        }

        assertThat(events("lady-susan")).hasSize(1);
        assertThat(events("lady-susan").get(0).at("/discarded").asBoolean()).isFalse();
        assertThat(shop().handled()).noneMatch(order -> order.startsWith("lady-susan"));
    }

    @Test
    void aRequestThatComesAgainHasOneEffect() {
        orders("sanditon", 1);

        JsonNode first = post("operator", "/release", key("sanditon", 1), "Idempotency-Key", "sanditon-1");
        JsonNode second = post("operator", "/release", key("sanditon", 1), "Idempotency-Key", "sanditon-1");

        assertThat(first.at("/failure").asString()).contains("There is no book sanditon");
        assertThat(second.at("/decision")).isEqualTo(first.at("/decision"));
        assertThat(second.at("/handled").isNull()).isTrue();
        assertThat(events("sanditon").get(0).at("/attempts"))
                .isEqualTo(events("sanditon").get(0).at("/attempts"));
        assertThat(rows("sanditon")).isEqualTo(1);
        assertThat(console.post("admin", PARKED + "/discard", key("sanditon", 1), "Idempotency-Key", "sanditon-1")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatIsDiscardedIsNeverHandledAndLaterEventsAre() {
        orders("mansfield-park", 2);
        long second = events("mansfield-park").get(1).at("/id").asLong();

        post("admin", "/events/%d/discard".formatted(second), "{}");
        assertThat(console.post("admin", PARKED + "/discard", key("mansfield-park", 2))
                        .status())
                .as("one of the two is discarded already")
                .isEqualTo(409);
        post("admin", "/discard", key("mansfield-park", 1));

        assertThat(events("mansfield-park")).isEmpty();
        shop().learn("mansfield-park");
        BOOKS.order("mansfield-park", "grace");
        await(() -> shop().handled().contains("mansfield-park for grace"));
        assertThat(shop().handled()).doesNotContain("mansfield-park for ada", "mansfield-park for alan");
        assertThat(console.post("admin", PARKED + "/events/%d/discard".formatted(second), "{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aPayloadIsForThoseWhoMayReadItAndMasked() {
        orders("the-watsons", 1);
        String payload = PARKED
                + "/events/%d/payload"
                        .formatted(events("the-watsons").get(0).at("/id").asLong());

        assertThat(console.get("viewer", payload).status()).isEqualTo(403);
        assertThat(console.get("operator", payload).status()).isEqualTo(403);
        JsonNode shown = console.get("payload", payload).json();
        assertThat(shown.at("/text").asString()).contains("the-watsons").doesNotContain("ada");
        assertThat(shown.at("/masked").asBoolean()).isTrue();
        assertThat(console.get(
                                "viewer",
                                PARKED
                                        + "/events?consumer=%s&topic=%s&key=the-watsons"
                                                .formatted(BOOKS.topic(), BOOKS.topic()))
                        .body())
                .doesNotContain("ada");
    }

    @Test
    void aViewerDecidesNothing() {
        orders("love-and-freindship", 1);

        assertThat(console.post("viewer", PARKED + "/release", key("love-and-freindship", 1))
                        .status())
                .isEqualTo(403);
        assertThat(console.post("operator", PARKED + "/discard", key("love-and-freindship", 1))
                        .status())
                .isEqualTo(403);
        assertThat(events("love-and-freindship")).hasSize(1);
        assertThat(rows("love-and-freindship")).isZero();
    }

    @Test
    void aKeyIsExplainedAndReleasedByPages() {
        orders("catharine", 2);
        TestVisitor operator = TestVisitor.signedIn(console, "operator");

        Page inbox = operator.get("/outbox");
        assertThat(inbox.path()).isEqualTo("/outbox/inbox/parked");
        assertThat(inbox.answer()).contains("received and could not be handled");
        assertThat(inbox.document().select("nav a").eachText()).containsExactly("Inbox", "Consumers", "Catalog");
        Page key = operator.follow(inbox, "catharine");
        assertThat(key.answer())
                .startsWith("2 events of this key are not handled:")
                .contains("There is no book catharine");
        assertThat(key.text())
                .contains("It waits behind an earlier event of its key.")
                .doesNotContain("Discard");
        Page event = operator.follow(key, "BookOrdered v2");
        assertThat(event.answer()).startsWith("It is not handled:").contains("There is no book catharine");
        assertThat(event.text()).doesNotContain("ada");
        assertThat(event.document().select("a").eachText()).doesNotContain("Payload", "Discard");

        shop().learn("catharine");
        Page question = operator.follow(key, "Release 2 events");
        assertThat(question.answer()).isEqualTo("Handle 2 events of this key now?");
        BOOKS.order("catharine", "grace");
        await(() -> events("catharine").size() == 3);
        Page moved = operator.submit(question, "/outbox/inbox/parked/release", Map.of());
        assertThat(moved.status()).isEqualTo(409);
        Page done = operator.submit(moved, "/outbox/inbox/parked/release", Map.of());
        assertThat(done.document().select(".notice").text()).isEqualTo("3 events handled.");
        assertThat(events("catharine")).isEmpty();
        assertThat(rows("catharine")).isEqualTo(1);
    }

    @Test
    void theConsumersOfTheInboxSayWhatIsParkedAndWhichVersionsTheyStillGet() {
        shop().learn("northanger-abbey");
        BOOKS.order("northanger-abbey", "ada", 1);
        orders("evelyn", 1);
        await(() ->
                console.get("viewer", PARKED + "?key=northanger-abbey").json().size() == 1);

        JsonNode consumers = console.get("viewer", "/outbox/api/consumers").json();

        assertThat(consumers.at("/answer").asString()).startsWith("The inbox has parked ");
        assertThat(consumers.at("/groups").isNull()).as("no relay").isTrue();
        JsonNode consumer = consumers.at("/inbox/0");
        assertThat(consumer.at("/consumer").asString()).isEqualTo(BOOKS.topic());
        assertThat(consumer.at("/parkedEvents").asInt()).isPositive();
        assertThat(consumer.at("/versions")
                        .valueStream()
                        .map(seen -> seen.at("/type").asString() + " v"
                                + seen.at("/version").asInt()))
                .containsExactly("BookOrdered v1", "BookOrdered v2");
        Page page = TestVisitor.signedIn(console, "viewer").get("/outbox/consumers");
        assertThat(page.answer()).startsWith("The inbox has parked ");
        assertThat(page.text()).contains("Versions still seen");
    }

    @Test
    void anIncompleteRequestIsRefused() {
        assertThat(console.post("operator", PARKED + "/release", "{\"seen\":1}").status())
                .isEqualTo(400);
        assertThat(console.post(
                                "operator",
                                PARKED + "/release",
                                "{\"consumer\":\"x\",\"topic\":\"y\",\"key\":\"z\",\"seen\":1}")
                        .status())
                .as("no such consumer")
                .isEqualTo(400);
        assertThat(console.get("viewer", PARKED + "/events/77777").status()).isEqualTo(404);
        assertThat(console.get("viewer", "/outbox/api/lanes").status())
                .as("no relay")
                .isEqualTo(404);
    }

    private static void orders(String isbn, int number) {
        String[] customers = {"ada", "alan"};
        for (int i = 0; i < number; i++) {
            BOOKS.order(isbn, customers[i]);
        }
        await(() -> events(isbn).size() == number);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Patience.LIMIT).until(condition);
    }

    private static Bookshop shop() {
        return console.bean(Bookshop.class);
    }

    private static JsonNode events(String isbn) {
        return get("viewer", "/events?consumer=%s&topic=%s&key=%s".formatted(BOOKS.topic(), BOOKS.topic(), isbn));
    }

    private static String key(String isbn, int seen) {
        return "{\"consumer\":\"%s\",\"topic\":\"%s\",\"key\":\"%s\",\"seen\":%d}"
                .formatted(BOOKS.topic(), BOOKS.topic(), isbn, seen);
    }

    private static JsonNode get(String user, String path) {
        Answer answer = console.get(user, PARKED + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode post(String user, String path, String body, String... headers) {
        Answer answer = console.post(user, PARKED + path, body, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** In the audit, about a key. */
    private static int rows(String isbn) {
        return JdbcClient.create(DATABASE.dataSource())
                .sql("select count(*) from outbox_audit where subject like :subject")
                .param("subject", "inbox key '" + isbn + "'%")
                .query(Integer.class)
                .single();
    }
}
