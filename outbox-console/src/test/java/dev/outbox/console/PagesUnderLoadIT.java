package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestVisitor.Page;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long each page takes, from the request to the last byte, beside an outbox of so many events, 100,000 of which are parked:
 * {@code -Doutbox.test.pages=10000000}. The times are printed, and written to target/pages.txt.
 */
@EnabledIfSystemProperty(
        named = "outbox.test.pages",
        matches = "\\d+",
        disabledReason =
                "It asserts nothing about time: it measures, with as many events as -Doutbox.test.pages=N says")
class PagesUnderLoadIT {

    private static final int TIMES = 40;
    private static final int PARKED_EVENTS = 100_000;
    private static final int EVENTS_OF_A_PARKED_KEY = 10;

    private static final String EVENTS = """
            insert into outbox_event (
                aggregate_seq, created_at, id, version, bucket, aggregatetype, aggregateid, type, topic, source, contenttype,
                payload)
            select
                1 + number %% 1000, clock_timestamp() - make_interval(secs => 0.01 * (%1$d - number)), gen_random_uuid(), 1,
                (number / 1000) %% 64, 'Order', 'key-' || number / 1000, 'OrderPlaced', :topic, '/orders', 'application/json',
                convert_to('{"number":' || number || ',"text":"' || repeat('x', 200) || '"}', 'UTF8')
            from generate_series(1, %1$d) as number
            """;

    /** Twenty causes; the first event of each key is refused, and the others wait behind it. */
    private static final String PARKED = """
            insert into outbox_parked (
                seq, aggregate_seq, created_at, parked_at, id, version, bucket, aggregatetype, aggregateid, type, topic, source,
                contenttype, headers, payload, reason)
            select
                seq, aggregate_seq, created_at, created_at, id, version, bucket, aggregatetype, 'parked-' || place / %2$d, type,
                topic, source, contenttype, headers, payload,
                case when place %% %2$d = 0 then 'The record is larger than the topic allows, by ' || place / %2$d %% 20 || ' kB' end
            from (select *, row_number() over (order by seq) - 1 as place from outbox_event order by seq limit %1$d) as chosen
            """;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final TestOutbox outbox = new TestOutbox(database);

    @Test
    void theTimeOfEachPage() throws IOException {
        long events = Long.getLong("outbox.test.pages");
        try (TestConsole console = TestConsole.start(database)) {
            console.stopRelay();
            fill(events);
            console.bean("outboxRelayLoop", SmartLifecycle.class).start();
            UUID last = outbox.commit(outbox.event("last", "{}")).get(0).id();
            TestVisitor admin = TestVisitor.signedIn(console, "admin");
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> admin.get("/outbox/events/" + last).text().contains("acknowledged"));

            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("Now", "/outbox");
            pages.put("Events", "/outbox/events");
            pages.put("Events of a key", "/outbox/events?key=key-" + (events / 1000 - 1));
            pages.put("Event", "/outbox/events/" + last);
            pages.put("Parked", "/outbox/parked");
            pages.put("Parked by cause", "/outbox/parked?reason=by+7+kB");
            pages.put("Parked key", "/outbox/parked/key?aggregateType=Order&aggregateId=parked-7");
            pages.put("Release?", "/outbox/parked/release?reason=by+7+kB");
            pages.put("Lanes", "/outbox/lanes");
            pages.put("Replay", "/outbox/replays");
            pages.put("Audit", "/outbox/audit");
            StringJoiner report = new StringJoiner("\n", "", "\n");
            report.add("%-16s %8s %8s %8s".formatted("page", "median", "p95", "max"));
            pages.forEach((name, path) -> {
                String times = measured(admin, name, path);
                System.out.println(times);
                report.add(times);
            });
            Files.writeString(Path.of("target/pages.txt"), report.toString());
        }
    }

    private void fill(long events) {
        jdbc.sql(EVENTS.formatted(events)).param("topic", outbox.topic()).update();
        jdbc.sql(PARKED.formatted(PARKED_EVENTS, EVENTS_OF_A_PARKED_KEY)).update();
        jdbc.sql("update outbox_lane set position = pg_current_snapshot()::text")
                .update();
        jdbc.sql("vacuum analyze").update();
    }

    private static String measured(TestVisitor visitor, String name, String path) {
        double[] millis = new double[TIMES];
        for (int time = -TIMES / 4; time < TIMES; time++) {
            long began = System.nanoTime();
            Page page = visitor.get(path);
            long took = System.nanoTime() - began;
            assertThat(page.status()).as(path).isEqualTo(200);
            if (time >= 0) {
                millis[time] = took / 1e6;
            }
        }
        Arrays.sort(millis);
        return "%-16s %8.1f %8.1f %8.1f"
                .formatted(name, millis[TIMES / 2], millis[TIMES * 95 / 100 - 1], millis[TIMES - 1]);
    }
}
