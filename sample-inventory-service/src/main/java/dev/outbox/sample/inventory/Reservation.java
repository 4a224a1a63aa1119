package dev.outbox.sample.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.AbstractAggregateRoot;

/** The answer to one order: everything it asks for is held, or nothing is. Either is raised as an event. */
@Entity
class Reservation extends AbstractAggregateRoot<Reservation> {

    @Id
    private UUID orderId;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private ReservationStatus status;

    private @Nullable String reason;

    private Instant decidedAt;

    protected Reservation() {
        // for JPA
    }

    private Reservation(UUID orderId, ReservationStatus status, @Nullable String reason, Instant decidedAt) {
        this.orderId = orderId;
        this.status = status;
        this.reason = reason;
        this.decidedAt = decidedAt;
    }

    static Reservation reserved(UUID orderId, Instant decidedAt) {
        Reservation reservation = new Reservation(orderId, ReservationStatus.RESERVED, null, decidedAt);
        reservation.registerEvent(new StockReserved(orderId));
        return reservation;
    }

    static Reservation rejected(UUID orderId, String reason, Instant decidedAt) {
        Reservation reservation = new Reservation(orderId, ReservationStatus.REJECTED, reason, decidedAt);
        reservation.registerEvent(new StockRejected(orderId, reason));
        return reservation;
    }

    /** {@return whether it held anything, which is free from now on} */
    boolean release() {
        if (status != ReservationStatus.RESERVED) {
            return false;
        }
        status = ReservationStatus.RELEASED;
        return true;
    }

    UUID orderId() {
        return orderId;
    }

    ReservationStatus status() {
        return status;
    }

    @Nullable
    String reason() {
        return reason;
    }

    Instant decidedAt() {
        return decidedAt;
    }
}
