package dev.outbox.stock;

/** Where reservations are kept; the test chooses how. */
interface Reservations {

    void add(String orderId, String article);
}
