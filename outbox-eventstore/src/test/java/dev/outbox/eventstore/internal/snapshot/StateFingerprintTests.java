package dev.outbox.eventstore.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFingerprintTests {

    @Test
    void itIsTheSameForTheSameClassAndVersion() {
        assertThat(StateFingerprint.of(Cart.class, 1))
                .isEqualTo(StateFingerprint.of(Cart.class, 1))
                .hasSize(64);
    }

    @Test
    void theVersionTheFieldsAndWhatTheyLeadToMakeADifference() {
        assertThat(List.of(
                        StateFingerprint.of(Cart.class, 1),
                        StateFingerprint.of(Cart.class, 2),
                        StateFingerprint.of(CartWithNote.class, 1)))
                .doesNotHaveDuplicates();
        // The names of the classes are part of it, so the shapes are compared by what they contain.
        assertThat(StateFingerprint.shapeOf(Cart.class))
                .contains("Line=amount int, colour dev.outbox")
                .contains("Colour=RED, GREEN")
                .contains("Card=number java.lang.String")
                .doesNotContain("ignored");
    }

    record Cart(Map<String, List<Line>> lines, Payment payment) {
        static final String ignored = "";
    }

    record CartWithNote(Map<String, List<Line>> lines, Payment payment, String note) {}

    record Line(int amount, Colour colour) {}

    enum Colour {
        RED,
        GREEN
    }

    sealed interface Payment permits Card {}

    record Card(String number) implements Payment {}
}
