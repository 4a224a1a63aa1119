package dev.outbox.consumer.guard;

import java.util.Comparator;

/**
 * An aggregate whose events a producer counts. Aggregates have an order, so that two deliveries do not wait for each other.
 *
 * @param source the producer that counts
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
