package dev.outbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.audit.AuditAction;
import dev.outbox.audit.AuditedRequest;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.deploy.WatchedService.Handlers;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.relay.events.EventSearch;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayResult.Completed;
import dev.outbox.schema.OutboxSchema;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users with exactly the documented rights can do all that service, relay and operator do; and they need all of them. */
class RightsIT {

    private static final String RIGHTS = "docs/schema/rights-postgresql.sql";

    private static final List<String> USERS = List.of("service", "relay", "operator", "newcomer", "migration");

    /** Larger than what the relay's producer sends. */
    private static final String TOO_LARGE = "x".repeat(1_200_000);

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient owner = JdbcClient.create(database.dataSource());

    @BeforeEach
    void prepare() {
        USERS.forEach(user -> owner.sql("create role %s login password '%s'".formatted(user, user))
                .update());
        owner.sql("revoke all on schema public from public").update();
        owner.sql("grant usage on schema public to service, relay, operator, newcomer")
                .update();
        owner.sql("grant usage, create on schema public to migration").update();
        new OutboxSchema(as("migration")).afterPropertiesSet();
        JdbcClient.create(as("migration")).sql(Project.read(RIGHTS)).update();
    }

    @AfterEach
    void drop() {
        USERS.forEach(user -> owner.sql("drop owned by %s; drop role %s".formatted(user, user))
                .update());
        database.close();
    }

    @Test
    void theDocumentedRightsAreEnough() {
        try (WatchedService service = start("service", "relay")) {
            service.visit("Rome");
            await(() -> handled(service, WatchedService.NAME) == 1 && handled(service, "watched.counting") == 1);
            consumerParksAndReleases(service);
            relayParksAndDiscards(service);
            assertThat(service.bean(Replay.class).run(EventSelection.all())).isInstanceOf(Completed.class);
            await(() -> owner.sql("select count(*) from outbox_shedlock where name like '%retention%'")
                            .query(Integer.class)
                            .single()
                    == 1);
            truncate();
            assertThat(service.bean(ParkedEvents.class).removeDiscarded()).isOne();
            rebase();
            service.visit("Oslo");
            await(() -> handled(service, WatchedService.NAME) == 3);
        }
    }

    @Test
    void theServiceIsRefusedWithoutAnyOfThem() {
        List<String> granted = rightsThatAreAskedFor(() -> start("newcomer", "relay"));
        assertThat(granted).isNotEmpty().containsExactlyInAnyOrderElementsOf(rightsOf("service"));
    }

    @Test
    void theRelayIsRefusedWithoutAnyOfThem() {
        List<String> granted = rightsThatAreAskedFor(() -> start("service", "newcomer"));
        assertThat(granted)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(rightsOf("relay").stream()
                        .filter(right -> !right.startsWith("outbox_audit"))
                        .toList());
    }

    @Test
    void theOperatorCannotRebaseWithoutAnyOfThem() {
        rebase();
        assertThat(rightsOf("operator")).isNotEmpty().allSatisfy(right -> {
            String[] tableAndPrivilege = right.split(": ", -1);
            String onTable = tableAndPrivilege[1] + " on " + tableAndPrivilege[0];
            owner.sql("revoke %s from operator".formatted(onTable)).update();
            assertThatThrownBy(this::rebase).rootCause().hasMessageContaining("permission denied");
            owner.sql("grant %s to operator".formatted(onTable)).update();
        });
    }

    @Test
    void noneMayDoWhatOnlyTheOwnerDoes() {
        for (String user : List.of("service", "relay", "operator")) {
            JdbcClient jdbc = JdbcClient.create(as(user));
            for (String statement :
                    List.of("create table outbox_more (id int)", "drop table outbox_key", "delete from outbox_event")) {
                assertThatThrownBy(() -> jdbc.sql(statement).update())
                        .as(user)
                        .rootCause()
                        .hasMessageMatching("(?s)ERROR: (permission denied|must be owner).*");
            }
        }
    }

    private void consumerParksAndReleases(WatchedService service) {
        ParkedInboxEvents parked = service.bean(ParkedInboxEvents.class);
        service.bean(Handlers.class).failing = true;
        service.visit("Pompeii");
        await(() -> parked.keys(10).size() == 1);
        service.bean(Handlers.class).failing = false;
        ParkedInboxKey key = parked.keys(10).get(0);
        assertThat(parked.release(key.key()).handled()).isOne();
        await(() -> handled(service, "watched.counting") == 2);
    }

    private void relayParksAndDiscards(WatchedService service) {
        ParkedEvents parked = service.bean(ParkedEvents.class);
        service.visit("Paris", TOO_LARGE);
        await(() -> parked.keys(10).size() == 1);
        OutboxOperations operations = service.bean(OutboxOperations.class);
        assertThat(operations
                        .events()
                        .find(EventSearch.between(Instant.EPOCH, Instant.now()).ofKey("Paris"), 10))
                .hasSize(1);
        assertThat(operations.events().backlog(10)).isNotEmpty();
        assertThat(operations.lanes().relays()).hasSize(1);
        AuditedRequest discard = new AuditedRequest("Ada", AuditAction.DISCARD, "Place Paris", "request-1");
        assertThat(operations
                        .audit()
                        .decide(discard, () -> parked.discard(new AggregateRef("Place", "Paris")))
                        .affected())
                .isOne();
        assertThat(operations.audit().entries(null, 10)).hasSize(1);
        service.visit("Paris");
        await(() -> handled(service, "watched.counting") == 3 && parked.keys(10).isEmpty());
    }

    private void rebase() {
        LaneRebase rebase = LaneRebase.postgres(as("operator"));
        assertThat(rebase.republish()).isOne();
        assertThat(rebase.keep()).isOne();
    }

    private void truncate() {
        OutboxSlots slots = OutboxSlots.postgres(as("relay"));
        await(() -> {
            IntStream.range(0, 4).forEach(slots::truncate);
            return owner.sql("select count(*) = 0 from outbox_event")
                    .query(Boolean.class)
                    .single();
        });
    }

    /** Starts until nothing is refused any more, and grants the newcomer what is asked for in between. */
    private List<String> rightsThatAreAskedFor(Supplier<WatchedService> start) {
        while (true) {
            try {
                start.get().close();
                return rightsOf("newcomer");
            } catch (RuntimeException failed) {
                grants(failed).forEach(grant -> owner.sql(grant).update());
            }
        }
    }

    private static List<String> grants(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutboxSetupException refused) {
                List<String> grants = Pattern.compile("grant [^;.]+ to newcomer")
                        .matcher(refused.fix())
                        .results()
                        .map(grant -> grant.group())
                        .toList();
                assertThat(grants).as(refused.fix()).isNotEmpty();
                return grants;
            }
        }
        throw new AssertionError("This is not about rights", failed);
    }

    private List<String> rightsOf(String user) {
        return owner.sql("""
                        select relname || ': ' || lower(privilege_type)
                        from pg_class, aclexplode(relacl)
                        where grantee = cast(:user as regrole)
                        """).param("user", user).query(String.class).list();
    }

    private WatchedService start(String user, String relay) {
        return WatchedService.start(
                database,
                "spring.datasource.username=" + user,
                "spring.datasource.password=" + user,
                "outbox.schema.migrate=false",
                "outbox.relay.database.url=" + database.jdbcUrl(),
                "outbox.relay.database.username=" + relay,
                "outbox.relay.database.password=" + relay,
                "outbox.capture.max-payload-size=2MB",
                "outbox.inbox.failure.attempts=1",
                "outbox.inbox.retention.interval=100ms",
                "outbox.inbox.consumers.counting.guard=aggregate-sequence");
    }

    private DataSource as(String user) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(user);
        dataSource.setPassword(user);
        return dataSource;
    }

    private static double handled(WatchedService service, String consumer) {
        return Scrape.of(service.scrape())
                .value("outbox_inbox_records_total{outcome=\"handled\", consumer=\"%s\"}".formatted(consumer));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Patience.LIMIT).until(condition::getAsBoolean);
    }
}
