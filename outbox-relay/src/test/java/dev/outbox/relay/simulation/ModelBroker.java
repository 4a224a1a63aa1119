package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.OutboxRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Topics and the broker's memory of its producers: for each of them and each partition the last sequence number. It
 * drops what it has had and refuses what leaves a gap; of a producer that it does not know it takes anything.
 */
final class ModelBroker {

    private static final int PARTITIONS_OF_A_TOPIC = 2;
    private static final int PARTITIONS = Plan.MOST_TOPICS * PARTITIONS_OF_A_TOPIC;

    private final World world;
    private final Promises promises;
    private final List<Map<Long, Integer>> lastSequences = new ArrayList<>();
    private final Map<String, Long> goneUntil = new HashMap<>();
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
        int first = row.event().topic().equals(topic(0)) ? 0 : PARTITIONS_OF_A_TOPIC;
        return first + Math.floorMod(row.event().aggregate().id().hashCode(), PARTITIONS_OF_A_TOPIC);
    }

    static String topic(int number) {
        return number == 0 ? "things" : "others";
    }

    long newProducer() {
        return ++producers;
    }

    void goAway(long nanos) {
        world.say(() -> "the broker is away for %d ms".formatted(nanos / World.MILLI));
        awayUntil = world.now() + nanos;
    }

    void lose(String topic, long nanos) {
        world.say(() -> "topic %s is gone for %d ms".formatted(topic, nanos / World.MILLI));
        goneUntil.put(topic, world.now() + nanos);
    }

    boolean isGone(String topic) {
        return world.now() < goneUntil.getOrDefault(topic, 0L);
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
