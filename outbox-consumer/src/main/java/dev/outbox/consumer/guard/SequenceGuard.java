package dev.outbox.consumer.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Keeps the last sequence of each aggregate, per consumer, and with it which events were applied:
 *
 * <ul>
 *   <li>The next event in sequence is new. An event later than that has a gap before it.
 *   <li>An event that is not later than the last one is a duplicate if it is the event that was applied under its sequence.
 *   <li>If another event was applied under its sequence, it is a fork: the producer's database has lost commits, and continues
 *       to count from before them.
 *   <li>If no event was applied under its sequence, it is late: it was passed over, or is from before the event that the
 *       consumer began with.
 * </ul>
 */
abstract class SequenceGuard implements InboxGuard {

    /** Maximum length of the id of an aggregate. */
    private static final int MAX_LENGTH = 255;

    private final DataSource dataSource;
    private final boolean lateStart;

    /**
     * @param lateStart whether the first event of an aggregate that is seen may be a later one
     */
    SequenceGuard(DataSource dataSource, boolean lateStart) {
        this.dataSource = dataSource;
        this.lateStart = lateStart;
    }

    /** Loads what is stored about the aggregates, and locks it until the end of the transaction. */
    abstract void load(String consumer, Map<CountedAggregate, SequenceCount> counts);

    /** Tells each count what is known about the events that are earlier than its recent ones. */
    abstract void recall(String consumer, List<Place> places, Map<CountedAggregate, SequenceCount> counts);

    /** Stores counts that have changed. */
    abstract void store(String consumer, Map<CountedAggregate, SequenceCount> changed);

    /** Makes sure that an event whose sequence no applied event has is let in when it arrives. */
    abstract void letInLate(String consumer, Place place);

    /** Forgets what was applied from the given sequence on, of what is earlier than the recent events. */
    abstract void forgetFrom(String consumer, Place place);

    @Override
    public final List<Admission> admit(String consumer, List<GuardedEvent> events) {
        InboxTransactions.require(dataSource, events.get(0));
        List<Place> places = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            places.add(placeOf(i, events.get(i)));
        }
        Map<CountedAggregate, SequenceCount> counts = lock(consumer, places);
        List<Admission> admissions = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Place place = places.get(i);
            admissions.add(
                    countOf(place, counts).admit(place.sequence(), events.get(i).id()));
        }
        save(consumer, counts);
        return admissions;
    }

    @Override
    public final void letIn(String consumer, GuardedEvent event) {
        Place place = placeOf(0, event);
        Map<CountedAggregate, SequenceCount> counts = lock(consumer, List.of(place));
        SequenceCount count = countOf(place, counts);
        switch (count.judge(place.sequence(), event.id())) {
            case NEW, DUPLICATE -> {}
            case GAP -> count.skipTo(place.sequence());
            case FORK -> {
                count.rewindTo(place.sequence());
                forgetFrom(consumer, place);
            }
            case LATE -> letInLate(consumer, place);
        }
        save(consumer, counts);
    }

    @Override
    public final boolean seesEveryType() {
        return true;
    }

    private Map<CountedAggregate, SequenceCount> lock(String consumer, List<Place> places) {
        Map<CountedAggregate, SequenceCount> counts = new TreeMap<>();
        places.forEach(place -> counts.computeIfAbsent(place.aggregate(), first -> new SequenceCount(lateStart)));
        load(consumer, counts);
        recall(
                consumer,
                places.stream()
                        .filter(place -> countOf(place, counts).isEarlier(place.sequence()))
                        .distinct()
                        .toList(),
                counts);
        return counts;
    }

    private void save(String consumer, Map<CountedAggregate, SequenceCount> counts) {
        Map<CountedAggregate, SequenceCount> changed = new LinkedHashMap<>(counts);
        changed.values().removeIf(count -> !count.isChanged());
        if (!changed.isEmpty()) {
            store(consumer, changed);
        }
    }

    private static SequenceCount countOf(Place place, Map<CountedAggregate, SequenceCount> counts) {
        return Objects.requireNonNull(counts.get(place.aggregate()));
    }

    private static Place placeOf(int index, GuardedEvent event) {
        String aggregate = event.aggregateId();
        Long sequence = event.sequence();
        if (aggregate == null || sequence == null) {
            throw UncountedEventException.withoutSequence(index, event);
        }
        if (aggregate.length() > MAX_LENGTH) {
            throw UncountedEventException.withLongSubject(index, event, MAX_LENGTH);
        }
        return new Place(new CountedAggregate(event.source(), event.topic(), aggregate), sequence);
    }

    /** A sequence of an aggregate. */
    record Place(CountedAggregate aggregate, long sequence) {}
}
