package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.embedded.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What alerts and dashboards ask for is what a service exposes that has published, relayed and handled an event. */
class ScrapeIT {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private static String text = "";

    @BeforeAll
    static void scrape() {
        try (WatchedService service = WatchedService.start(DATABASE, "outbox.relay.engine=tail")) {
            service.visit("Rome");
            Awaitility.await().atMost(Patience.LIMIT).until(() -> {
                text = service.scrape();
                Scrape scrape = Scrape.of(text);
                return scrape.value("outbox_inbox_records_total{consumer=\"watched\", outcome=\"handled\"}") == 1
                        && scrape.value("outbox_relay_published_total") == 1
                        && scrape.value("outbox_relay_replication_status{status=\"reserved\"}") == 1;
            });
        }
    }

    @AfterAll
    static void dropDatabase() {
        ReplicationSlots slots = new ReplicationSlots(DATABASE.dataSource());
        Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
        DATABASE.close();
    }

    @Test
    void everyQueryFindsItsMeters() {
        Scrape scrape = Scrape.of(text);
        List<String> queries = Stream.concat(
                        AlertRule.all().stream().map(AlertRule::expr),
                        Dashboard.all().stream().flatMap(dashboard -> dashboard.queries().stream()))
                .toList();
        assertThat(queries)
                .hasSizeGreaterThan(60)
                .allSatisfy(query -> assertThat(PromQl.of(query).selectors())
                        .as(query)
                        .isNotEmpty()
                        .allMatch(scrape::has));
    }

    @Test
    void prometheusHasNothingToSayAboutThem(@TempDir Path folder) throws Exception {
        Promtool promtool = Promtool.required();
        String ours = text.lines()
                .filter(line -> line.matches("(# \\w+ )?outbox_.*"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(ours).isNotBlank();
        assertThat(promtool.run(Files.writeString(folder.resolve("metrics"), ours), List.of("check", "metrics")))
                .isEmpty();
    }
}
