package dev.outbox.chaos;

import dev.outbox.chaos.oracle.Change;
import dev.outbox.chaos.oracle.Comparison;
import dev.outbox.chaos.oracle.Occurrence;
import dev.outbox.chaos.oracle.Topic;
import dev.outbox.chaos.process.ChildProcess;
import dev.outbox.chaos.redelivery.ConsumerGroups;
import dev.outbox.chaos.redelivery.Delivery;
import dev.outbox.chaos.redelivery.Effects;
import dev.outbox.chaos.redelivery.GuardedService;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ReleaseResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A topic that is filled, and a service in several processes that consumes it, with what is done to them. For one thread. */
final class RedeliveryRun implements AutoCloseable {

    /** Not how long it takes, but when it is called stuck. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);

    private static final List<String> CONSUMERS = List.of(Effects.IDENTIFYING, Effects.COUNTING);
    private static final int ALL = 10_000;

    private static final String IN_TRANSACTION = """
            select count(*) > 0
            from pg_stat_activity
            where application_name = :name and backend_xid is not null
            """;

    private final Story story = new Story();
    private final Landscape landscape;
    private final Topic topic;
    private final ConfigurableApplicationContext operator;
    private final Effects effects;
    private final ConsumerGroups groups;
    private final List<ChildProcess> running = new ArrayList<>();
    private final Delivery delivery;
    private int started;

    private RedeliveryRun(String name, long seed, int events, int perSecond) {
        this.landscape = new Landscape(Servers.shared(), name);
        this.topic = new Topic(landscape);
        topic.create();
        landscape.createDatabase();
        this.operator = GuardedService.startForOperator(landscape, landscape.topic());
        this.effects = operator.getBean(Effects.class);
        this.groups = new ConsumerGroups(landscape);
        this.delivery = Delivery.start(landscape, seed, events, perSecond);
        story.tell("seed %d, %d events".formatted(seed, events));
    }

    static RedeliveryRun start(String name, long seed, int events, int perSecond) {
        return new RedeliveryRun(name, seed, events, perSecond);
    }

    Story story() {
        return story;
    }

    ChildProcess addConsumer() {
        started++;
        ChildProcess consumer = GuardedService.start(landscape.name() + "-" + started, landscape, landscape.topic());
        running.add(consumer);
        story.tell(consumer + " is started");
        return consumer;
    }

    /** Asks it to end, so that it gives back its partitions. */
    void removeConsumer(ChildProcess consumer) {
        running.remove(consumer);
        consumer.terminate();
        story.tell(consumer + " has ended");
    }

    /** Kills it while a transaction of it is open: it is stopped until that is so, and then it cannot get any further. */
    void killInTransaction(ChildProcess consumer) {
        await(consumer + " is stopped in a transaction", () -> {
            consumer.suspend();
            boolean inTransaction = isInTransaction(consumer);
            if (!inTransaction) {
                consumer.resume();
            }
            return inTransaction;
        });
        running.remove(consumer);
        consumer.kill();
        story.tell(consumer + " is killed");
    }

    void awaitMembers(int count) {
        await("the partitions are shared among " + count, () -> groups.areSharedAmong(count));
    }

    void awaitEffects(long count) {
        await(count + " effects are there", () -> effects.count() >= count);
    }

    /** Lets so many more records come. */
    void deliver(int records) {
        delivery.allow(records);
    }

    /**
     * Lets all that is left come, and waits until it is consumed, be it parked.
     *
     * @return how many records came in all
     */
    int awaitConsumed() throws ExecutionException, InterruptedException {
        int records = delivery.finish();
        for (String consumer : CONSUMERS) {
            await(consumer + " has consumed the topic", () -> topic.isConsumedBy(GuardedService.group(consumer)));
        }
        return records;
    }

    /** {@return how many events were parked and are handled, of all keys that had any} */
    int release() {
        ParkedInboxEvents parked = operator.getBean(ParkedInboxEvents.class);
        int handled = 0;
        for (ParkedInboxKey key : parked.keys(ALL)) {
            ReleaseResult result = parked.release(key.key());
            handled += result.handled();
        }
        story.tell("%d parked events are released".formatted(handled));
        return handled;
    }

    int parkedKeys() {
        return operator.getBean(ParkedInboxEvents.class).keys(ALL).size();
    }

    long failing() {
        return delivery.failing();
    }

    /** {@return what is not as the ledger has it, a line each} */
    List<String> violations() {
        List<Change> ledger = delivery.ledger();
        List<String> violations = new ArrayList<>();
        for (String consumer : CONSUMERS) {
            List<Occurrence> all = effects.of(consumer);
            int repeated = all.size() - new HashSet<>(all).size();
            if (repeated > 0) {
                violations.add("%s: %d effects are there more than once".formatted(consumer, repeated));
            }
            Comparison.violations(ledger, all, List.of()).forEach(line -> violations.add(consumer + ": " + line));
        }
        return violations;
    }

    @Override
    public void close() {
        delivery.close();
        running.forEach(ChildProcess::close);
        groups.close();
        operator.close();
        landscape.dropDatabase();
    }

    private boolean isInTransaction(ChildProcess consumer) {
        return operator.getBean(JdbcClient.class)
                .sql(IN_TRANSACTION)
                .param("name", consumer.name())
                .query(Boolean.class)
                .single();
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(STUCK_AFTER)
                    .pollInterval(Duration.ofMillis(200))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Not within %s: %s. Logs: %s%n%s".formatted(STUCK_AFTER, what, landscape.log("*"), story), e);
        }
        story.tell(what);
    }
}
