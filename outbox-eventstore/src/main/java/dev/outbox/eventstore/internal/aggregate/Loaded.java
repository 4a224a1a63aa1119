package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * A state on its way through the events of its stream.
 *
 * @param version the last event that it contains
 * @param snapshotVersion the version of the snapshot that it was made of; 0 if there was none
 */
record Loaded<S>(
        AggregateRef stream, long version, @Nullable S state, long snapshotVersion) {

    static <S> Loaded<S> nothingOf(AggregateRef stream) {
        return new Loaded<>(stream, 0, null, 0);
    }

    Loaded<S> after(StoredEvent event, AggregateModel<S> model) {
        return new Loaded<>(stream, event.version(), model.evolve(state, event.event()), snapshotVersion);
    }
}
