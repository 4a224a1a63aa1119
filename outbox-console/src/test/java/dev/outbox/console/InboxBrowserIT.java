package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.service.Bookshop;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The pages of a service with an inbox in Chromium. */
class InboxBrowserIT {

    private static final String PARKED = "/outbox/inbox/parked";

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestBooks books = new TestBooks();
    private TestConsole console;
    private TestBrowser browser;

    @BeforeEach
    void start() {
        TestBrowser.assumeInstalled();
        console = TestConsole.startService(database, books);
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
    void noPageOfTheInboxHasABarrierOrBreaksItsPolicy() {
        String isbn = "a-long-key-without-a-place-to-break-".repeat(4);
        books.order(isbn, "ada");
        String event = PARKED + "/events/" + awaitParked(isbn, 1);
        String key = "consumer=%s&topic=%s&key=%s".formatted(books.topic(), books.topic(), isbn);
        browser.signIn("admin", PARKED);

        browser.assertNothingIsInTheWay(List.of(
                PARKED,
                PARKED + "?key=nothing",
                PARKED + "/key?" + key,
                event,
                event + "/payload",
                event + "/discard",
                PARKED + "/release?" + key,
                PARKED + "/discard?" + key,
                "/outbox/consumers",
                "/outbox/catalog",
                "/outbox/audit"));
    }

    @Test
    void aKeyOfTheInboxIsReleasedByKeyboardAlone() {
        books.order("emma", "ada");
        books.order("emma", "alan");
        awaitParked("emma", 2);
        console.bean(Bookshop.class).learn("emma");

        browser.signIn("operator", PARKED)
                .tabTo("emma of %s for %s".formatted(books.topic(), books.topic()))
                .type(Keys.ENTER)
                .awaitPath(PARKED + "/key")
                .tabTo("Release 2 events")
                .type(Keys.ENTER)
                .awaitPath(PARKED + "/release")
                .tabTo("Release")
                .type(Keys.ENTER)
                .awaitPath(PARKED)
                .awaitText("2 events handled.")
                .awaitText("Everything that was received is handled");

        assertThat(console.bean(Bookshop.class).handled()).containsExactly("emma for ada", "emma for alan");
        assertThat(browser.complaints()).isEmpty();
    }

    /** {@return the number of the first one} */
    private String awaitParked(String isbn, int events) {
        String path = "/outbox/api/inbox/parked/events?consumer=%s&topic=%s&key=%s"
                .formatted(books.topic(), books.topic(), isbn);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> console.get("viewer", path).json().size() == events);
        return console.get("viewer", path).json().at("/0/id").asString();
    }
}
