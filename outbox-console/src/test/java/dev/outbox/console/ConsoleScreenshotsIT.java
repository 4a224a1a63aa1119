package dev.outbox.console;

import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventEnvelope;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Takes the pictures of docs/console.md: {@code -Doutbox.docs.screenshots=../docs/console}. */
@EnabledIfSystemProperty(
        named = "outbox.docs.screenshots",
        matches = ".+",
        disabledReason = "It tests nothing: it takes the pictures of the docs, into the folder outbox.docs.screenshots")
class ConsoleScreenshotsIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final TestOutbox outbox = new TestOutbox(database);

    @Test
    void takesThem() {
        TestBrowser.assumeInstalled();
        Path folder = Path.of(System.getProperty("outbox.docs.screenshots"));
        try (TestConsole console = TestConsole.start(database, "--spring.application.name=orders");
                TestBrowser browser = TestBrowser.open(console)) {
            outbox.commit(outbox.event("order-1041", "{\"total\":\"12.90\"}"));
            EventEnvelope parked = outbox.commit(outbox.event("order-1042", LimitedTopic.TOO_LARGE))
                    .get(0);
            outbox.commit(
                    outbox.event("order-1042", "{\"total\":\"7.50\"}"),
                    outbox.event("order-1057", LimitedTopic.TOO_LARGE),
                    outbox.event("order-1058", "{\"total\":\"99.00\"}"));
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> console.get("viewer", "/outbox/api/parked")
                                    .json()
                                    .at("/items")
                                    .size()
                            == 2);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> outbox.records().size() >= 2);

            browser.signIn("admin").scheme("light");
            browser.open("/outbox").screenshot(folder.resolve("now.png"));
            browser.open("/outbox/parked").screenshot(folder.resolve("parked.png"));
            browser.open("/outbox/events/" + parked.id()).scheme("dark").screenshot(folder.resolve("event.png"));
        }
    }
}
