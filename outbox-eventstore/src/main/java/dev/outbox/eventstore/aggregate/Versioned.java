package dev.outbox.eventstore.aggregate;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.ExpectedVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of an aggregate at a version.
 *
 * @param stream the aggregate
 * @param version the number of the last event that the state contains; 0 if there is none
 * @param state null if there is no event
 * @param appended where the events are that {@code execute} has appended; null after a load, and if the decision had no events
 * @param <S> the state
 * @since 0.1.0
 */
public record Versioned<S>(
        AggregateRef stream,
        long version,
        @Nullable S state,
        @Nullable Appended appended) {

    /** {@return whether the aggregate has any event} */
    public boolean exists() {
        return version > 0;
    }

    /** {@return the state; empty if there is no event} */
    public Optional<S> find() {
        return Optional.ofNullable(state);
    }

    /**
     * {@return the state of an aggregate that must exist}
     *
     * @throws IllegalStateException if it does not
     */
    public S get() {
        if (state == null) {
            throw new IllegalStateException("%s does not exist".formatted(stream));
        }
        return state;
    }

    /** {@return what an append that is based on this state expects} */
    public ExpectedVersion expected() {
        return ExpectedVersion.exactly(version);
    }
}
