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
 *   <li>They are appended, if the stream still has the version of the state.
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
                () -> decide(stream, decision), () -> meters.get().conflict(model.aggregate()));
    }

    private Versioned<S> decide(AggregateRef stream, Decision<S> decision) {
        Loaded<S> loaded = loaded(stream);
        List<?> events = List.copyOf(decision.decide(loaded.state()));
        if (events.isEmpty()) {
            return new Versioned<>(stream, loaded.version(), loaded.state(), null);
        }
        Appended appended = store.append(stream, ExpectedVersion.exactly(loaded.version()), events);
        S state = snapshots != null && snapshots.isDue(loaded, appended.version())
                ? snapshots.take(loaded, appended.version())
                : evolved(loaded.state(), events);
        return new Versioned<>(stream, appended.version(), state, appended);
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
