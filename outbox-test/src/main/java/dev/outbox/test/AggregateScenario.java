package dev.outbox.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.domain.DomainEvent;
import dev.outbox.eventstore.aggregate.Decision;
import dev.outbox.eventstore.internal.aggregate.AggregateModel;
import dev.outbox.internal.domain.AnnotatedClassScanner;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test of an event-sourced aggregate: given these events, when this is decided, then these events happen. It needs neither a
 * database nor Spring.
 *
 * <pre>{@code
 * AggregateScenario.of(Account.class)
 *         .given(new AccountOpened(id, "Ada"), new MoneyDeposited(id, 10))
 *         .when(account -> account.withdraw(7))
 *         .then(new MoneyWithdrawn(id, 7));
 * }</pre>
 *
 * <p>Each scenario is repeated by itself: with events that were written and read again, as a load reads them; and, after each of
 * the events, with a state that was written and read again, as a snapshot is. The decision must be the same each time, so it is
 * called several times.
 *
 * @param <S> the state
 * @since 0.1.0
 */
public final class AggregateScenario<S> {

    private final AggregateModel<S> model;
    private final JsonMapper mapper;
    private final List<Object> given;

    private AggregateScenario(AggregateModel<S> model, JsonMapper mapper, List<?> given) {
        this.model = model;
        this.mapper = mapper;
        this.given = List.copyOf(given);
    }

    /**
     * {@return scenarios of a class with {@code @EventSourced}, whose events are declared in the same package or below}
     *
     * @throws RuntimeException what would keep the application from starting, such as an event without its {@code @Evolve}
     *     method
     */
    public static <S> AggregateScenario<S> of(Class<S> state) {
        return of(
                state,
                new AnnotatedClassScanner(DomainEvent.class, new StandardEnvironment(), new DefaultResourceLoader())
                        .scan(List.of(state.getPackageName())));
    }

    /** {@return scenarios of a class whose events are these} */
    public static <S> AggregateScenario<S> of(Class<S> state, Collection<Class<?>> events) {
        DomainEventTypes types = DomainEventTypes.of(events, new OutboxProperties(true, List.of(), Map.of()));
        return new AggregateScenario<>(
                AggregateModel.of(state, types), JsonMapper.builder().build(), List.of());
    }

    /** {@return the same, with the mapper that writes events and snapshots in the service} */
    public AggregateScenario<S> with(JsonMapper serviceMapper) {
        return new AggregateScenario<>(model, serviceMapper, given);
    }

    /** {@return the same, after these events have happened} */
    public AggregateScenario<S> given(Object... events) {
        List<Object> all = new ArrayList<>(given);
        all.addAll(List.of(events));
        return new AggregateScenario<>(model, mapper, all);
    }

    /** {@return what is decided then} */
    public Decided when(Decision<S> decision) {
        return new Decided(decision);
    }

    /** {@return the state after the events that are given; null if there are none} */
    private @Nullable S state() {
        return evolved(null, given);
    }

    private @Nullable S evolved(@Nullable S before, List<?> events) {
        @Nullable S state = before;
        for (Object event : events) {
            state = model.evolve(state, event);
        }
        return state;
    }

    private Object stored(Object event) {
        Object read = mapper.readValue(mapper.writeValueAsBytes(event), event.getClass());
        assertThat(read).as("an event after it was stored").isEqualTo(event);
        return read;
    }

    private S kept(S state) {
        return mapper.readValue(mapper.writeValueAsBytes(state), model.state());
    }

    /** What an aggregate decides after the events that were given. */
    public final class Decided {

        private final Decision<S> decision;

        private Decided(Decision<S> decision) {
            this.decision = decision;
        }

        /** Requires that exactly these events happen, in this order, however the aggregate is loaded. */
        public Decided then(Object... events) {
            List<Object> expected = List.of(events);
            assertDecided("after the events", expected, state());
            List<Object> stored =
                    given.stream().map(AggregateScenario.this::stored).toList();
            assertDecided("after the events, once stored", expected, evolved(null, stored));
            for (int kept = 1; kept <= stored.size(); kept++) {
                S snapshot = kept(Objects.requireNonNull(evolved(null, stored.subList(0, kept))));
                assertDecided(
                        "with a snapshot after %d of %d events".formatted(kept, stored.size()),
                        expected,
                        evolved(snapshot, stored.subList(kept, stored.size())));
            }
            expected.forEach(AggregateScenario.this::stored);
            return this;
        }

        /** Requires that nothing happens. */
        public Decided thenNothing() {
            return then();
        }

        /** {@return an assertion of what the decision throws} */
        public AbstractThrowableAssert<?, ? extends Throwable> thenThrows(Class<? extends Throwable> refusal) {
            return Assertions.assertThatThrownBy(() -> decision.decide(state())).isInstanceOf(refusal);
        }

        /** Looks at the state after the decision. */
        public Decided thenState(Consumer<S> assertions) {
            S before = state();
            assertions.accept(Objects.requireNonNull(evolved(before, List.copyOf(decision.decide(before)))));
            return this;
        }

        /** The events must also be ones that the aggregate can take. */
        private void assertDecided(String how, List<Object> expected, @Nullable S state) {
            List<?> decided = List.copyOf(decision.decide(state));
            assertThat(decided).as("what is decided %s", how).isEqualTo(expected);
            evolved(state, decided);
        }
    }
}
