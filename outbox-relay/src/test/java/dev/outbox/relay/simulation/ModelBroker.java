package dev.outbox.relay.simulation;

import dev.outbox.store.OutboxRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic and the broker's memory of its producers: for each of them and each partition the last sequence number. It
 * drops what it has had and refuses what leaves a gap; of a producer that it does not know it takes anything.
 */
final class ModelBroker {

    private static final int PARTITIONS = 2;

    private final World world;
    private final Promises promises;
    private final List<Map<Long, Integer>> lastSequences = new ArrayList<>();
    private long producers;
    private long awayUntil;

    ModelBroker(World world, Promises promises) {
        this.world = world;
        this.promises = promises;
        for (int i = 0; i < PARTITIONS; i++) {
            lastSequences.add(new HashMap<>());
        }
    }

    int partitions() {
        return PARTITIONS;
    }

    int partition(OutboxRow row) {
        return Math.floorMod(row.event().aggregate().id().hashCode(), PARTITIONS);
    }

    long newProducer() {
        return ++producers;
    }

    void goAway(long nanos) {
        world.say(() -> "the broker is away for %d ms".formatted(nanos / World.MILLI));
        awayUntil = world.now() + nanos;
    }

    boolean isAway() {
        return world.now() < awayUntil;
    }

    /** {@return whether the records are in the topic now, or were before} */
    boolean append(ModelBatch batch) {
        Map<Long, Integer> sequences = lastSequences.get(batch.partition());
        Integer last = sequences.get(batch.producer());
        if (last != null && batch.lastSequence() <= last) {
            return true;
        }
        if (last != null && batch.firstSequence() != last + 1) {
            world.say(() -> "the broker refuses %s, after sequence %d".formatted(batch, last));
            return false;
        }
        sequences.put(batch.producer(), batch.lastSequence());
        world.say(() -> "in the topic: %s".formatted(batch));
        batch.rows().forEach(promises::published);
        return true;
    }
}
