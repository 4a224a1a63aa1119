package dev.outbox.relay.simulation;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The services. A transaction may take its id long before it locks an aggregate, locks aggregates in sorted order, draws
 * a {@code seq} for each event, and ends after a while.
 */
final class Writers {

    private static final EventType TYPE = new EventType("Happened", 1);

    private final World world;
    private final ModelDatabase database;
    private final Promises promises;
    private long events;
    private int open;

    Writers(World world, ModelDatabase database, Promises promises) {
        this.world = world;
        this.database = database;
        this.promises = promises;
    }

    void start() {
        open = world.plan().load().transactions();
        for (int i = 0; i < open; i++) {
            world.after(world.random().nextLong(World.FAULTS_END), this::begin);
        }
    }

    boolean areDone() {
        return open == 0;
    }

    private void begin() {
        Transaction transaction = new Transaction();
        List<EventEnvelope> raised = raise();
        if (world.random().nextBoolean()) {
            database.assignXid(transaction);
            world.say(() -> "%s begins".formatted(transaction));
        }
        List<Long> early = new ArrayList<>();
        if (!world.holds(Rule.SEQ_IS_DRAWN_UNDER_THE_LOCK)) {
            raised.forEach(event -> early.add(database.nextSeq()));
        }
        Deque<String> aggregates = new ArrayDeque<>(raised.stream()
                .map(event -> event.aggregate().id())
                .sorted()
                .distinct()
                .toList());
        long business = world.random().nextBoolean() ? world.between(0, 5) : world.between(0, 500);
        world.after(business, () -> lock(transaction, aggregates, () -> insert(transaction, raised, early)));
    }

    private List<EventEnvelope> raise() {
        Plan.Load load = world.plan().load();
        List<EventEnvelope> raised = new ArrayList<>();
        int count = world.random().nextInt(1, load.largest() + 1);
        for (int i = 0; i < count; i++) {
            String aggregate = String.valueOf((char) ('a' + world.random().nextInt(load.aggregates())));
            byte[] payload = new byte[world.random().nextInt(1, Plan.LARGEST_PAYLOAD)];
            raised.add(new EventEnvelope(
                    new UUID(0, ++events),
                    TYPE,
                    new AggregateRef("Thing", aggregate),
                    ModelBroker.topic(world.random().nextInt(world.plan().topics())),
                    "/simulation",
                    Instant.EPOCH,
                    EventPayload.json(payload),
                    Map.of()));
        }
        return raised;
    }

    private void lock(Transaction transaction, Deque<String> aggregates, Runnable then) {
        String first = aggregates.poll();
        if (first == null) {
            then.run();
        } else {
            database.lock(transaction, first, () -> lock(transaction, aggregates, then));
        }
    }

    private void insert(Transaction transaction, List<EventEnvelope> raised, List<Long> early) {
        int number = transaction.events().size();
        if (number == raised.size()) {
            world.after(rest(), () -> end(transaction));
            return;
        }
        long seq = early.isEmpty() ? database.nextSeq() : early.get(number);
        StoredEvent stored = database.insert(transaction, seq, raised.get(number));
        promises.written(stored);
        world.say(() -> "insert %s".formatted(stored));
        world.after(world.random().nextLong(World.MILLI), () -> insert(transaction, raised, early));
    }

    private long rest() {
        if (world.strikes(Fault.LONG_TRANSACTION, 5)) {
            return world.random().nextLong(World.FAULTS_END - world.now());
        }
        return world.random().nextBoolean() ? world.between(0, 3) : world.between(0, 100);
    }

    private void end(Transaction transaction) {
        open--;
        if (world.strikes(Fault.ROLLBACK, 4)) {
            world.say(() -> "%s rolls back".formatted(transaction));
            database.rollback(transaction);
        } else {
            world.say(() -> "%s commits".formatted(transaction));
            database.commit(transaction);
        }
    }
}
