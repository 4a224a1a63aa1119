package dev.outbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTests {

    @Test
    void namesItselfWithItsVersion() {
        assertThat(new EventType("OrderPlaced", 2)).hasToString("OrderPlaced v2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "Order\nPlaced", "Order\u0000Placed"})
    void refusesNamesThatAHeaderCannotCarry(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventType(name, 1));
    }

    @Test
    void refusesVersionsBelowOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventType("OrderPlaced", 0))
                .withMessageContaining("OrderPlaced")
                .withMessageContaining("start at 1");
    }
}
