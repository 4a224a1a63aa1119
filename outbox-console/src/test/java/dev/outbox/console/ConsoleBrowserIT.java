package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The pages in Chromium: for everybody, on a phone, by keyboard alone, in light and dark, and by the policy that they send. */
class ConsoleBrowserIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);
    private TestConsole console;
    private TestBrowser browser;

    @BeforeEach
    void start() {
        TestBrowser.assumeInstalled();
        console = TestConsole.start(database);
        browser = TestBrowser.open(console);
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
            console.close();
        }
    }

    @Test
    void noPageHasABarrierOrBreaksItsPolicy() {
        EventEnvelope published =
                outbox.commit(outbox.event("good", "{\"n\":1}")).get(0);
        EventEnvelope parked = outbox.commit(
                        outbox.event("a-long-key-without-a-place-to-break-".repeat(4), LimitedTopic.TOO_LARGE))
                .get(0);
        awaitParked(1);
        browser.signIn("admin");
        List<String> pages = List.of(
                "/outbox",
                "/outbox/events",
                "/outbox/events/" + published.id(),
                "/outbox/events/" + parked.id(),
                "/outbox/events/%s/payload".formatted(published.id()),
                "/outbox/parked",
                "/outbox/parked?reason=nothing",
                "/outbox/parked/key?aggregateType=Order&aggregateId="
                        + parked.aggregate().id(),
                "/outbox/parked/release",
                "/outbox/parked/discard",
                "/outbox/parked/events/%s/edit".formatted(parked.id()),
                "/outbox/parked/events/%s/discard".formatted(parked.id()),
                "/outbox/replays",
                "/outbox/lanes",
                "/outbox/lanes/rebase?positions=KEEP",
                "/outbox/consumers",
                "/outbox/targets",
                "/outbox/catalog",
                "/outbox/audit",
                "/outbox/nowhere",
                "/outbox/sign-in");

        browser.assertNothingIsInTheWay(pages);
    }

    @Test
    void aParkedKeyIsReleasedByKeyboardAlone() {
        outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE), outbox.event("bad", "{}"));
        awaitParked(2);
        outbox.raiseLimit();

        browser.open("/outbox")
                .tabTo("User")
                .type("operator")
                .tabTo("Password")
                .type("secret-operator", Keys.ENTER)
                .awaitPath("/outbox")
                .tabTo("Decide about them")
                .type(Keys.ENTER)
                .awaitPath("/outbox/parked")
                .tabTo("Order bad")
                .type(Keys.ENTER)
                .awaitPath("/outbox/parked/key")
                .tabTo("Release 2 events")
                .type(Keys.ENTER)
                .awaitPath("/outbox/parked/release")
                .tabTo("Release")
                .type(Keys.ENTER)
                .awaitPath("/outbox/parked")
                .awaitText("2 events will be published, in order.");

        awaitParked(0);
        assertThat(TestOutbox.values(outbox.records(), "bad")).containsExactly(LimitedTopic.TOO_LARGE, "{}");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePageNowShowsNewsWithoutBeingLoadedAgain() {
        browser.signIn("viewer").awaitText("Nothing is late.");
        browser.run("window.stillHere = true");

        outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE));

        browser.awaitText("1 event of 1 key waits for a decision.");
        assertThat(browser.run("return window.stillHere")).isEqualTo("true");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aReplayShowsItsProgressAndIsStopped() {
        for (int number = 0; number < 20; number++) {
            outbox.commit(outbox.event("good-" + number, "{}"));
        }
        Awaitility.await().atMost(Patience.LIMIT).until(() -> outbox.records().size() == 20);
        browser.signIn("operator")
                .open("/outbox/replays")
                .tabTo("At most, events per second")
                .type("1")
                .tabTo("Count them")
                .type(Keys.ENTER)
                .awaitText("Publish 20 events once more?")
                .tabTo("Start")
                .type(Keys.ENTER)
                .awaitText("of 20 events published once more.")
                .tabTo("Stop")
                .type(Keys.ENTER)
                .awaitText("Stopped after");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsBeingTypedOutlivesTheNextLookOfThePage() {
        outbox.commit(outbox.event("bad", LimitedTopic.TOO_LARGE));
        awaitParked(1);
        console.stopRelay();
        console.post("operator", "/outbox/api/parked/release", "{\"seen\": 1}");
        browser.signIn("operator").open("/outbox/parked").awaitText("being carried out");
        browser.run("window.looks = 0; document.body.addEventListener('htmx:afterSettle', () => window.looks++)");

        browser.tabTo("Key").type("ba");
        browser.awaitScript("return window.looks >= 2");

        assertThat(browser.run("return document.activeElement.id + ' ' + document.activeElement.value"))
                .isEqualTo("aggregateId ba");
        assertThat(browser.complaints()).isEmpty();
    }

    private void awaitParked(int events) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", "/outbox/api/parked")
                                .json()
                                .at("/items")
                                .valueStream()
                                .mapToInt(key -> key.at("/events").asInt())
                                .sum()
                        == events);
    }
}
