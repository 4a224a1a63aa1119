package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import dev.outbox.eventstore.internal.metrics.EventStoreMeters;
import dev.outbox.eventstore.internal.snapshot.StateFormat;
import dev.outbox.eventstore.internal.stream.StreamReader;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Makes the repository of each event-sourced class. */
public final class EventSourcedRepositories {

    private final AggregateModels models;
    private final EventStore store;
    private final StreamTables tables;
    private final StreamReader reader;
    private final JsonMapper mapper;
    private final CommandTransactions transactions;
    private final BooleanSupplier isVerified;
    private final Supplier<EventStoreMeters> meters;

    public EventSourcedRepositories(
            AggregateModels models,
            EventStore store,
            StreamTables tables,
            StreamReader reader,
            JsonMapper mapper,
            CommandTransactions transactions,
            BooleanSupplier isVerified,
            Supplier<EventStoreMeters> meters) {
        this.models = models;
        this.store = store;
        this.tables = tables;
        this.reader = reader;
        this.mapper = mapper;
        this.transactions = transactions;
        this.isVerified = isVerified;
        this.meters = meters;
    }

    /** {@return the repository of a class} */
    public <S> EventSourcedRepository<S> of(Class<S> state) {
        AggregateModel<S> model = models.of(state);
        AggregateSnapshots<S> snapshots = model.snapshotEvery() == 0
                ? null
                : new AggregateSnapshots<>(
                        model,
                        new StateFormat<>(mapper, state, model.version()),
                        tables,
                        reader,
                        transactions,
                        isVerified,
                        meters);
        return new SourcedRepository<>(model, store, snapshots, transactions, meters);
    }
}
