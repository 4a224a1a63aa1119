package dev.outbox.sample.order;

/** An order is placed, and then either confirmed or rejected for good. Until it is rejected, it can be cancelled. */
enum OrderStatus {
    PLACED,
    CONFIRMED,
    REJECTED,
    CANCELLED
}
