package dev.outbox.relay;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.tail.TailStream;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.sidecar.RelayApplication;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The relay as Spring Boot sets it up, in this process; closing it is a graceful stop. */
public final class TestRelay implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestRelay(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts a relay; properties are {@code name=value} without the {@code outbox.relay.} in front, or whole arguments. */
    public static TestRelay start(TestDatabase database, String bootstrapServers, String... properties) {
        return startAt(database.jdbcUrl(), database.user(), database.password(), bootstrapServers, properties);
    }

    /** Starts a relay that tails, and waits until it does. */
    static TestRelay startTailing(TestDatabase database, String... properties) {
        TestRelay relay = start(
                database,
                TestBroker.bootstrapServers(),
                Stream.concat(Stream.of("engine=tail"), Stream.of(properties)).toArray(String[]::new));
        relay.awaitTail();
        return relay;
    }

    /** Starts a relay on a database of any server. */
    static TestRelay startAt(
            String jdbcUrl, String user, String password, String bootstrapServers, String... properties) {
        List<String> all = new ArrayList<>(connection(jdbcUrl, user, password, bootstrapServers));
        for (String property : properties) {
            all.add(property.startsWith("--") ? property : "--outbox.relay." + property);
        }
        return new TestRelay(new SpringApplicationBuilder(RelayApplication.class)
                // A lease that no busy machine lets expire: only what a test does may cost a relay its lane.
                .properties("spring.config.name=outbox-relay", "outbox.relay.lease.ttl=5m")
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new)));
    }

    /** The arguments that a sidecar needs. */
    static List<String> connection(TestDatabase database, String bootstrapServers) {
        return connection(database.jdbcUrl(), database.user(), database.password(), bootstrapServers);
    }

    private static List<String> connection(String jdbcUrl, String user, String password, String bootstrapServers) {
        return List.of(
                "--spring.datasource.url=" + jdbcUrl,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password,
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spring.main.log-startup-info=false",
                "--logging.level.root=warn");
    }

    /** The watch of its first lane, or of none. */
    public LaneMonitor monitor() {
        return bean(LaneThreads.class).monitors().stream()
                .findFirst()
                .orElseGet(() -> new LaneMonitor(Lane.ONLY, Duration.ZERO, System::nanoTime, Clock.systemUTC()));
    }

    /** Waits until the relay has taken a lane. */
    public TestRelay awaitOwner() {
        return awaitLanes(1);
    }

    /** Waits until the relay owns so many lanes. */
    TestRelay awaitLanes(int count) {
        Awaitility.await().atMost(Patience.LIMIT).until(() -> ownedLanes().size() == count);
        return this;
    }

    /** Waits until all of its lanes read the stream. */
    void awaitTail() {
        Awaitility.await().atMost(Patience.LIMIT).until(bean(TailStream.class)::isFollowed);
    }

    /** Waits until no topic is held any more, and the health says so. */
    void awaitNothingHeld() {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> bean(ParkedEvents.class).heldTopics().isEmpty());
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() ->
                        bean(RelayHealthIndicator.class).health().getStatus().equals(Status.UP));
    }

    List<Lane> ownedLanes() {
        return bean(LaneThreads.class).monitors().stream()
                .filter(monitor -> monitor.status().isOwner())
                .map(LaneMonitor::lane)
                .toList();
    }

    CommitHint hint() {
        return bean(CommitHint.class);
    }

    /** The one bean of a type. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
