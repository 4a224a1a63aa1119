package dev.outbox.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTests {

    @Test
    void ordersAgreeWithTheirReservations() {
        Outcome outcome = Outcome.of(
                Map.of("1", "CONFIRMED", "2", "REJECTED", "3", "PLACED"),
                Map.of("1", "RESERVED", "2", "REJECTED", "3", "RESERVED"));
        assertThat(outcome).isEqualTo(new Outcome(3, 2, 1, 1, 1, 1, 0));
    }

    @Test
    void aConfirmedOrderWithoutStockIsAContradiction() {
        assertThat(Outcome.of(Map.of("1", "CONFIRMED"), Map.of("1", "REJECTED")).contradicting())
                .isEqualTo(1);
    }

    @Test
    void aDecisionWithoutReservationIsAContradiction() {
        assertThat(Outcome.of(Map.of("1", "REJECTED"), Map.of()).contradicting())
                .isEqualTo(1);
    }
}
