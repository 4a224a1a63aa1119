package dev.outbox.eventstore.aggregate;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to an aggregate. It may be called several times for one command, each time with a newer state.
 *
 * @param <S> the state
 * @since 0.1.0
 */
@FunctionalInterface
public interface Decision<S> {

    /**
     * {@return the events that happen now, in order; empty if nothing happens} To refuse the command, it throws.
     *
     * @param state the state after all events so far; null if there are none
     */
    List<?> decide(@Nullable S state);

    /**
     * {@return a decision about an aggregate that exists} If it has no event yet, it throws an {@link IllegalStateException}.
     */
    static <S> Decision<S> existing(Function<S, List<?>> decision) {
        return state -> {
            if (state == null) {
                throw new IllegalStateException("There is nothing to decide about: the aggregate has no event yet");
            }
            return decision.apply(state);
        };
    }
}
