package dev.outbox.sample.order;

import jakarta.persistence.Embeddable;

/** So many of one article. */
@Embeddable
record OrderLine(String sku, int quantity) {}
