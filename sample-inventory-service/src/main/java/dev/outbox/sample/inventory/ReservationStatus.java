package dev.outbox.sample.inventory;

/** How an order fared. */
enum ReservationStatus {
    RESERVED,
    REJECTED
}
