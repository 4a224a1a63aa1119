package dev.outbox.chaos;

import dev.outbox.chaos.load.Bank;
import dev.outbox.chaos.load.Bank.Order;
import dev.outbox.chaos.load.BankService;
import dev.outbox.chaos.load.IdleWriter;
import dev.outbox.chaos.load.LongReader;
import dev.outbox.chaos.load.Writers;
import dev.outbox.chaos.oracle.Change;
import dev.outbox.chaos.oracle.Comparison;
import dev.outbox.chaos.oracle.Fencing;
import dev.outbox.chaos.oracle.LaneHistory;
import dev.outbox.chaos.oracle.LaneRow;
import dev.outbox.chaos.oracle.Lanes;
import dev.outbox.chaos.oracle.Occurrence;
import dev.outbox.chaos.oracle.Tables;
import dev.outbox.chaos.oracle.Topic;
import dev.outbox.chaos.process.ChildProcess;
import dev.outbox.chaos.process.Engine;
import dev.outbox.chaos.process.Relays;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.schema.OutboxSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A run, from an empty database to the comparison of the ledger with the topic:
 *
 * <ol>
 *   <li>relays are started, and writers that do not stop until the end; so are a writer that stays idle in transaction and
 *       a reader that keeps its snapshot,
 *   <li>the test disturbs, and waits in between for what shows that the relays have got over it,
 *   <li>the writers stop; the relays publish all that is visible, while the idle writer still is in its transaction,
 *   <li>the idle writer commits, and its events are published,
 *   <li>everything is compared.
 * </ol>
 *
 * For one thread.
 */
final class ChaosRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChaosRun.class);

    /** Not how long it takes, but when it is called stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Story story = new Story();
    private final Landscape landscape;
    private final Relays relays;
    private final Disturbances disturbances;
    private final LaneHistory history;
    private final Lanes lanes;
    private final ConfigurableApplicationContext service;
    private final IdleWriter idleWriter;
    private final LongReader longReader;
    private final Writers writers;

    private ChaosRun(Landscape landscape, long seed, Engine engine) throws SQLException {
        this.landscape = landscape;
        new Topic(landscape).create();
        landscape.createDatabase();
        new OutboxSchema(landscape.dataSource("schema")).afterPropertiesSet();
        if (engine.mayTail()) {
            // Its creation waits for transactions that are running, and the idle writer has one until the end.
            tables().createReplicationSlot(landscape.replicationSlot());
        }
        DatabaseKind kind = landscape.database().kind();
        this.history = LaneHistory.begin(kind, landscape.dataSource("oracle"));
        this.lanes = Lanes.on(kind, landscape.dataSource("oracle"));
        this.relays = new Relays(landscape, engine);
        this.disturbances = new Disturbances(landscape, relays, story);
        this.service = BankService.start(landscape);
        Bank bank = service.getBean(Bank.class);
        bank.change(List.of(Order.tooLargeToSend(0), Order.tooLargeForTheTopic(1)), true);
        this.idleWriter = IdleWriter.start(landscape);
        this.longReader = LongReader.start(landscape);
        this.writers = Writers.start(bank, new SplittableRandom(seed));
    }

    /** Starts a run with so many relays, and waits until each owns a lane, or each lane has an owner. */
    static ChaosRun start(String name, long seed, int lanes, int relays) throws SQLException {
        return start(Servers.shared(), name, seed, lanes, relays, Engine.POLL);
    }

    /** The same with another engine; one that tails has all lanes, and others stand by. */
    static ChaosRun start(Servers servers, String name, long seed, int lanes, int relays, Engine engine)
            throws SQLException {
        ChaosRun run = new ChaosRun(
                new Landscape(servers, "chaos-%s-%d".formatted(name, STARTED.incrementAndGet())), seed, engine);
        for (int relay = 0; relay < relays; relay++) {
            run.disturbances.addRelay(lanes);
        }
        if (engine.mayTail()) {
            run.await("a relay owns lanes", () -> !run.lanes.owners().isEmpty());
            return run;
        }
        int owners = Math.min(lanes, relays);
        run.await(
                "%d relays own lanes".formatted(owners),
                () -> run.lanes.owners().size() == owners);
        return run;
    }

    Landscape landscape() {
        return landscape;
    }

    /** {@return what the database knows} */
    Tables tables() {
        return new Tables(landscape.database().kind(), landscape.dataSource("oracle"));
    }

    Relays relays() {
        return relays;
    }

    Disturbances disturbances() {
        return disturbances;
    }

    Lanes lanes() {
        return lanes;
    }

    Story story() {
        return story;
    }

    /** Waits until all that is visible now is published. */
    void awaitProgress() {
        BooleanSupplier isPublished = lanes.isPublishedUpToNow();
        await("what was committed before is published", isPublished::getAsBoolean);
    }

    /** Waits until so many more transactions were committed. */
    void awaitCommits(int count) {
        int target = writers.committed() + count;
        writers.await(true);
        await(count + " more transactions are committed", () -> writers.committed() >= target);
        writers.await(false);
    }

    void awaitOwner(ChildProcess relay) {
        await(relay + " owns a lane", () -> isOwner(relay));
    }

    void awaitNoOwner(ChildProcess relay) {
        await(relay + " owns no lane", () -> !isOwner(relay));
    }

    void awaitLanes(int count) {
        await("there are " + count + " lanes", () -> lanes.count() == count);
    }

    /** Ends what was idle in transaction. */
    void commitIdleWriter() {
        story.tell(idleWriter.commit() ? "the idle writer has committed" : "the idle writer was cut off");
    }

    void awaitReplicationSlot() {
        await("a relay reads from the replication slot", () -> tables().isRead(landscape.replicationSlot()));
    }

    /** Lets everything come to an end, and compares. */
    Outcome finish() throws SQLException {
        writers.stop();
        story.tell("the writers have stopped");
        await("all is published but what is not committed", () -> lanes.unpublished() == 0);
        boolean idleWriterCommitted = idleWriter.commit();
        story.tell(idleWriterCommitted ? "the idle writer has committed" : "the idle writer was cut off");
        await("all is published", () -> lanes.unpublished() == 0);
        longReader.close();
        Tables tables = tables();
        List<Change> ledger = tables.ledger();
        List<Occurrence> parked = tables.parked();
        List<Occurrence> topic = new Topic(landscape).read();
        List<LaneRow> writes = history.writes();
        List<String> violations = new ArrayList<>(Comparison.violations(ledger, topic, parked));
        violations.addAll(Fencing.violations(writes));
        if (!violations.isEmpty()) {
            keep("topic", topic);
            keep("lanes", writes);
            keep("events", tables.events());
        }
        Outcome outcome = new Outcome(
                violations,
                ledger.size(),
                writers.rolledBack(),
                writers.disturbed(),
                topic.size(),
                parked.size(),
                Fencing.acquisitions(writes),
                idleWriterCommitted);
        log.info("{}: {}; {}", landscape.name(), outcome, story.counts());
        return outcome;
    }

    /** Leaves the servers as the next run needs them, whatever has happened. */
    @Override
    public void close() throws SQLException {
        keep("story", List.of(story));
        relays.close();
        disturbances.end();
        writers.stop();
        service.close();
        idleWriter.close();
        longReader.close();
        landscape.dropDatabase();
    }

    void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(STUCK_AFTER)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not within %s: %s. Lanes: %s. Logs: %s%n%s"
                            .formatted(STUCK_AFTER, what, lanes.describe(), landscape.log("*"), story),
                    e);
        }
        story.tell(what);
    }

    /** For those who have to find out, or want to know what takes the time. */
    private void keep(String name, List<?> lines) {
        try {
            Files.write(
                    landscape.log(name), lines.stream().map(Object::toString).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOwner(ChildProcess relay) {
        return lanes.owners().stream().anyMatch(owner -> owner.startsWith(relay.name() + ","));
    }
}
