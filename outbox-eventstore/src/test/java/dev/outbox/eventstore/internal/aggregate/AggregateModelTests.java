package dev.outbox.eventstore.internal.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.stream.EventTable;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregateModelTests {

    @Test
    void eachEventHasItsMethod() {
        AggregateModel<Door> model = AggregateModel.of(Door.class, types(Opened.class, Closed.class));

        Door open = model.evolve(null, new Opened("d"));
        assertThat(open).isEqualTo(new Door(true));
        assertThat(model.evolve(open, new Closed("d"))).isEqualTo(new Door(false));
        assertThatIllegalStateException()
                .isThrownBy(() -> model.evolve(null, new Closed("d")))
                .withMessageContaining("cannot begin with");
        assertThatIllegalArgumentException().isThrownBy(() -> model.evolve(open, "no event"));
    }

    @Test
    void anEventWithoutItsMethodIsRefused() {
        assertRefused(Door.class, Opened.class, Closed.class, Painted.class)
                .withMessageContaining("has no @Evolve method for DoorPainted v1");
    }

    @Test
    void anEventWithTwoMethodsIsRefused() {
        assertRefused(Ambiguous.class, Opened.class, Closed.class)
                .withMessageContaining("has several @Evolve methods for DoorOpened v1")
                .withMessageContaining("Ambiguous.any")
                .withMessageContaining("Ambiguous.opened");
    }

    @Test
    void aMethodForNoEventIsRefused() {
        assertRefused(Door.class, Opened.class).withMessageContaining("Closed, which is no event of its aggregate");
    }

    @Test
    void anAggregateThatCannotBeginIsRefused() {
        assertRefused(Endless.class, Closed.class).withMessageContaining("cannot begin");
    }

    @Test
    void aMethodThatReturnsSomethingElseIsRefused() {
        assertRefused(Confused.class, Opened.class).withMessageContaining("does not take an event and return the next");
    }

    @Test
    void anAggregateWithoutEventsIsRefused() {
        assertRefused(Door.class, Rung.class).withMessageContaining("No class declares an event of Door");
    }

    @Test
    void aStaticMethodMayTakeTheStateBefore() {
        AggregateModel<Counter> model = AggregateModel.of(Counter.class, types(Opened.class));

        assertThat(model.evolve(model.evolve(null, new Opened("d")), new Opened("d")))
                .isEqualTo(new Counter(2));
    }

    @Test
    void anAggregateIsStoredOnceAndDoesNotCountItself() {
        EventSourcedClasses door = new EventSourcedClasses(List.of(Door.class));
        DomainEventTypes types = types(Opened.class, Closed.class, Rung.class);

        AggregateModels models = AggregateModels.of(door, types, List.of("Bell"), List.of("Key"));
        assertThat(models.stored().tables())
                .isEqualTo(Map.of("Door", EventTable.STORED, "Bell", EventTable.STORED, "Key", EventTable.UNPUBLISHED));

        assertThatExceptionOfType(InvalidAggregateException.class)
                .isThrownBy(() -> AggregateModels.of(door, types, List.of(), List.of("Door")))
                .withMessageContaining("Door is declared to be stored twice")
                .withMessageContaining("outbox.eventstore.unpublished");
        assertThatExceptionOfType(InvalidAggregateException.class)
                .isThrownBy(() -> AggregateModels.of(
                        new EventSourcedClasses(List.of()), types(Counted.class), List.of("Step"), List.of()))
                .withMessageContaining("marks an @AggregateSequence");
    }

    private static ThrowableAssertAlternative<InvalidAggregateException> assertRefused(
            Class<?> state, Class<?>... events) {
        return assertThatExceptionOfType(InvalidAggregateException.class)
                .isThrownBy(() -> AggregateModel.of(state, types(events)));
    }

    private static DomainEventTypes types(Class<?>... events) {
        return DomainEventTypes.of(List.of(events), new OutboxProperties(true, List.of(), Map.of()));
    }

    @DomainEvent(type = "DoorOpened", aggregate = "Door")
    record Opened(@AggregateId String door) {}

    @DomainEvent(type = "DoorClosed", aggregate = "Door")
    record Closed(@AggregateId String door) {}

    @DomainEvent(type = "DoorPainted", aggregate = "Door")
    record Painted(@AggregateId String door) {}

    @DomainEvent(type = "BellRung", aggregate = "Bell")
    record Rung(@AggregateId String bell) {}

    @DomainEvent(type = "StepTaken", aggregate = "Step")
    record Counted(
            @AggregateId String step, @AggregateSequence long number) {}

    @EventSourced(aggregate = "Door")
    record Door(boolean open) {

        @Evolve
        static Door opened(Opened event) {
            return new Door(true);
        }

        @Evolve
        Door closed(Closed event) {
            return new Door(false);
        }
    }

    @EventSourced(aggregate = "Door")
    record Ambiguous(boolean open) {

        @Evolve
        static Ambiguous opened(Opened event) {
            return new Ambiguous(true);
        }

        @Evolve
        Ambiguous any(Object event) {
            return this;
        }
    }

    @EventSourced(aggregate = "Door")
    record Endless(boolean open) {

        @Evolve
        Endless closed(Closed event) {
            return this;
        }
    }

    @EventSourced(aggregate = "Door")
    record Confused(boolean open) {

        @Evolve
        static String opened(Opened event) {
            return "open";
        }
    }

    @EventSourced(aggregate = "Door")
    record Counter(int opened) {

        @Evolve
        static Counter opened(@Nullable Counter before, Opened event) {
            return new Counter(before == null ? 1 : before.opened + 1);
        }
    }
}
