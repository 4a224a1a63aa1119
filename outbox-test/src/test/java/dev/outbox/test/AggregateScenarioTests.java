package dev.outbox.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import dev.outbox.test.door.Gate;
import dev.outbox.test.door.GateOpened;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AggregateScenarioTests {

    private final AggregateScenario<Door> door = AggregateScenario.of(Door.class, List.of(Opened.class, Shut.class));

    @Test
    void aDecisionIsComparedWithWhatIsExpected() {
        door.when(Door::open)
                .then(new Opened("d", 1))
                .thenState(state -> assertThat(state.times()).isOne());
        door.given(new Opened("d", 1)).when(Door::open).thenNothing();
        door.given(new Opened("d", 1), new Shut("d")).when(Door::open).then(new Opened("d", 2));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> door.when(Door::open).then(new Opened("d", 7)))
                .withMessageContaining("what is decided after the events");
    }

    @Test
    void aRefusalIsWhatTheDecisionThrows() {
        door.when(Door::fail).thenThrows(IllegalStateException.class).hasMessage("stuck");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> door.when(Door::open).thenThrows(IllegalStateException.class));
    }

    @Test
    void anEventThatIsNotTheSameOnceStoredIsFound() {
        AggregateScenario<Leaky> leaky = AggregateScenario.of(Leaky.class, List.of(Painted.class));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> leaky.given(new Painted("d", "red"))
                        .when(state -> List.of())
                        .thenNothing())
                .withMessageContaining("an event after it was stored");
    }

    @Test
    void aStateThatForgetsSomethingInASnapshotIsFound() {
        AggregateScenario<Forgetful> forgetful =
                AggregateScenario.of(Forgetful.class, List.of(Opened.class, Shut.class));

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> forgetful
                        .given(new Opened("d", 1), new Shut("d"))
                        .when(state -> List.of(new Opened(
                                "d", Objects.requireNonNullElse(Objects.requireNonNull(state).times, 0) + 1)))
                        .then(new Opened("d", 2)))
                .withMessageContaining("with a snapshot after 1 of 2 events");
    }

    @Test
    void eventsAreFoundInThePackageOfTheState() {
        AggregateScenario.of(Gate.class)
                .when(gate -> List.of(new GateOpened("g")))
                .then(new GateOpened("g"));
    }

    @DomainEvent(type = "DoorOpened", aggregate = "Door")
    record Opened(@AggregateId String door, int time) {}

    @DomainEvent(type = "DoorShut", aggregate = "Door")
    record Shut(@AggregateId String door) {}

    @DomainEvent(type = "DoorPainted", aggregate = "Door")
    record Painted(@AggregateId String door, @JsonIgnore String colour) {}

    @EventSourced(aggregate = "Door")
    record Door(int times, boolean isOpen) {

        @Evolve
        static Door opened(@Nullable Door before, Opened event) {
            return new Door(event.time(), true);
        }

        @Evolve
        Door shut(Shut event) {
            return new Door(times, false);
        }

        static List<?> open(@Nullable Door door) {
            if (door == null) {
                return List.of(new Opened("d", 1));
            }
            return door.isOpen ? List.of() : List.of(new Opened("d", door.times + 1));
        }

        static List<?> fail(@Nullable Door door) {
            throw new IllegalStateException("stuck");
        }
    }

    @EventSourced(aggregate = "Door")
    record Leaky(String colour) {

        @Evolve
        static Leaky painted(Painted event) {
            return new Leaky(event.colour());
        }
    }

    @EventSourced(aggregate = "Door")
    record Forgetful(@JsonIgnore @Nullable Integer times) {

        @Evolve
        static Forgetful opened(Opened event) {
            return new Forgetful(event.time());
        }

        @Evolve
        Forgetful shut(Shut event) {
            return this;
        }
    }
}
