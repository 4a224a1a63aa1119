package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class ReservationTests {

    private static final UUID ORDER_ID = UUID.fromString("0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aReservationRaisesStockReserved() {
        Reservation reservation = Reservation.reserved(ORDER_ID, NOW);
        assertThat(reservation.status()).isEqualTo(ReservationStatus.RESERVED);
        assertThat(reservation.reason()).isNull();
        assertThatEventsOf(reservation).containsExactly(new StockReserved(ORDER_ID));
    }

    @Test
    void aRejectionRaisesStockRejectedWithItsReason() {
        Reservation reservation = Reservation.rejected(ORDER_ID, "Not enough of samovar", NOW);
        assertThat(reservation.status()).isEqualTo(ReservationStatus.REJECTED);
        assertThat(reservation.reason()).isEqualTo("Not enough of samovar");
        assertThatEventsOf(reservation).containsExactly(new StockRejected(ORDER_ID, "Not enough of samovar"));
    }

    @Test
    void whatIsHeldIsReleasedOnce() {
        Reservation reservation = Reservation.reserved(ORDER_ID, NOW);
        assertThat(reservation.release()).isTrue();
        assertThat(reservation.status()).isEqualTo(ReservationStatus.RELEASED);
        assertThat(reservation.release()).isFalse();
        assertThat(Reservation.rejected(ORDER_ID, "Not enough of samovar", NOW).release())
                .isFalse();
    }

    private static ListAssert<Object> assertThatEventsOf(Reservation reservation) {
        return assertThat(ReflectionTestUtils.<List<Object>>invokeMethod(reservation, "domainEvents"));
    }
}
