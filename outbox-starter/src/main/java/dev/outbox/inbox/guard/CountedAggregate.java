package dev.outbox.inbox.guard;

import java.util.Comparator;

/**
 * What a producer counts the events of. In one order, so that two deliveries do not wait for each other.
 *
 * @param source who counts
 * @param topic where its events come from
 * @param id its identity
 */
record CountedAggregate(String source, String topic, String id) implements Comparable<CountedAggregate> {

    private static final Comparator<CountedAggregate> ORDER = Comparator.comparing(CountedAggregate::source)
            .thenComparing(CountedAggregate::topic)
            .thenComparing(CountedAggregate::id);

    @Override
    public int compareTo(CountedAggregate other) {
        return ORDER.compare(this, other);
    }
}
