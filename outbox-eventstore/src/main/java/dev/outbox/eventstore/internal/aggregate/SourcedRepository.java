package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.aggregate.Decision;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import dev.outbox.eventstore.aggregate.Versioned;
import dev.outbox.eventstore.internal.metrics.EventStoreMeters;
import dev.outbox.eventstore.internal.stream.CommittedAppend;
import dev.outbox.eventstore.internal.stream.TransactionalEventStore;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Executes a command:
 *
 * <ol>
 *   <li>The state is made of the latest snapshot, if there is one that fits, and of the events after it.
 *   <li>The decision makes new events of the state.
 *   <li>They are appended, if the stream still has the version of the state. In a transaction of its own, a command is done with
 *     that, and the commit goes along with the append.
 *   <li>If there are enough events since the snapshot, a new one is taken, in the same transaction. Its state is made of what
 *     was stored, and not of the objects that the decision has made: only that is what a later load would get.
 * </ol>
 */
final class SourcedRepository<S> implements EventSourcedRepository<S> {

    private final AggregateModel<S> model;
    private final EventStore store;
    private final @Nullable AggregateSnapshots<S> snapshots;
    private final CommandTransactions transactions;
    private final Supplier<EventStoreMeters> meters;

    /**
     * @param snapshots null if the aggregate has none
     */
    SourcedRepository(
            AggregateModel<S> model,
            EventStore store,
            @Nullable AggregateSnapshots<S> snapshots,
            CommandTransactions transactions,
            Supplier<EventStoreMeters> meters) {
        this.model = model;
        this.store = store;
        this.snapshots = snapshots;
        this.transactions = transactions;
        this.meters = meters;
    }

    @Override
    public Versioned<S> load(Object id) {
        Loaded<S> loaded = loaded(streamOf(id));
        return new Versioned<>(loaded.stream(), loaded.version(), loaded.state(), null);
    }

    @Override
    public Versioned<S> execute(Object id, Decision<S> decision) {
        AggregateRef stream = streamOf(id);
        return transactions.execute(
                isLast -> decide(stream, decision, isLast), () -> meters.get().conflict(model.aggregate()));
    }

    private Decided<S> decide(AggregateRef stream, Decision<S> decision, boolean isLast) {
        Loaded<S> loaded = loaded(stream);
        List<?> events = List.copyOf(decision.decide(loaded.state()));
        if (events.isEmpty()) {
            return new Decided<>(stream, loaded, null, null, loaded.state());
        }
        ExpectedVersion expected = ExpectedVersion.exactly(loaded.version());
        boolean isSnapshotDue = snapshots != null && snapshots.isDue(loaded, loaded.version() + events.size());
        // The events are read again for a snapshot, and another event store may do more than append.
        if (isLast && !isSnapshotDue && store instanceof TransactionalEventStore own) {
            CommittedAppend append = own.appendLast(stream, expected, events);
            return new Decided<>(stream, loaded, append, null, evolved(loaded.state(), events));
        }
        Appended appended = store.append(stream, expected, events);
        S state = snapshots != null && isSnapshotDue
                ? snapshots.take(loaded, appended.version())
                : evolved(loaded.state(), events);
        return new Decided<>(stream, loaded, null, appended, state);
    }

    /** @param last what goes along with the commit; null if the events were appended before, or there were none */
    private record Decided<S>(
            AggregateRef stream,
            Loaded<S> loaded,
            @Nullable CommittedAppend last,
            @Nullable Appended appendedBefore,
            @Nullable S state)
            implements CommandTransactions.Attempt<Versioned<S>> {

        @Override
        public Versioned<S> result() {
            Appended appended = last == null ? appendedBefore : last.appended();
            return new Versioned<>(stream, appended == null ? loaded.version() : appended.version(), state, appended);
        }

        @Override
        public void failed() {
            if (last != null) {
                last.requireNotTaken();
            }
        }
    }

    private S evolved(@Nullable S before, List<?> events) {
        @Nullable S state = before;
        for (Object event : events) {
            state = model.evolve(state, event);
        }
        return Objects.requireNonNull(state);
    }

    private Loaded<S> loaded(AggregateRef stream) {
        if (snapshots != null) {
            return snapshots.load(stream);
        }
        Loaded<S> loaded = Loaded.nothingOf(stream);
        for (StoredEvent event : store.read(stream)) {
            loaded = loaded.after(event, model);
        }
        return loaded;
    }

    private AggregateRef streamOf(Object id) {
        return new AggregateRef(model.aggregate(), model.events().get(0).textOfId(id));
    }
}
