package dev.outbox.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventType;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CapturedEventsAssertTests {

    private static final String SHOWN = """
            but these were captured:
              Placed[id=1] of Order 1
              Shipped[id=1] of Order 1
              Placed[id=2] of Order 2\
            """;

    private final CapturedEventsAssert none = new CapturedEventsAssert(List.of());

    private final CapturedEventsAssert events = new CapturedEventsAssert(
            List.of(captured(new Placed(1)), captured(new Shipped(1)), captured(new Placed(2))));

    @Test
    void whatIsThereIsThere() {
        events.contains(Shipped.class, Placed.class)
                .containsExactly(Placed.class, Shipped.class, Placed.class)
                .doesNotContain(Cancelled.class);
        events.hasOne(Shipped.class).isEqualTo(new Shipped(1));
        none.isEmpty().containsExactly();
    }

    @Test
    void aFailureShowsTheEvents() {
        assertThatFails(
                () -> events.contains(Placed.class, Cancelled.class), "Expected events of [Cancelled], " + SHOWN);
        assertThatFails(
                () -> events.containsExactly(Placed.class, Placed.class, Shipped.class),
                "Expected exactly events of [Placed, Placed, Shipped], " + SHOWN);
        assertThatFails(() -> events.doesNotContain(Shipped.class), "Expected no events of [Shipped], " + SHOWN);
        assertThatFails(events::isEmpty, "Expected no events, " + SHOWN);
        assertThatFails(() -> events.hasOne(Placed.class), "Expected one event of Placed, " + SHOWN);
        assertThatFails(
                () -> none.contains(Placed.class), "Expected events of [Placed], but these were captured: none");
    }

    private static void assertThatFails(ThrowingCallable assertion, String message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion)
                .satisfies(failure -> assertThat(failure.getMessage()).isEqualTo(message));
    }

    private static CapturedEvent captured(Object event) {
        String id = event instanceof Placed placed ? "" + placed.id() : "1";
        return new CapturedEvent(
                UUID.randomUUID(),
                new EventType(event.getClass().getSimpleName(), 1),
                new AggregateRef("Order", id),
                1,
                "outbox.event.Order",
                event);
    }

    record Placed(int id) {}

    record Shipped(int id) {}

    record Cancelled(int id) {}
}
