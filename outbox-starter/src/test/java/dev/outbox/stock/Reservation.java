package dev.outbox.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** Nothing keeps a second reservation of an order out: only the inbox does. */
@Entity
class Reservation {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String orderId;
    private String article;

    protected Reservation() {}

    Reservation(String orderId, String article) {
        this.orderId = orderId;
        this.article = article;
    }

    @Override
    public String toString() {
        return "Reservation %d of %s: %s".formatted(id, orderId, article);
    }
}
