package dev.outbox.sample.order;

/** An order is placed, and then either confirmed or rejected for good. */
enum OrderStatus {
    PLACED,
    CONFIRMED,
    REJECTED
}
