package dev.outbox.relay.internal.lease;

import dev.outbox.internal.setup.DatabaseProduct;

/** The clock of a server, as an expression in a statement that a test runs. */
record ServerTime(DatabaseProduct product) {

    /** {@return the time so many seconds from now} */
    String in(int seconds) {
        return product.keepsPublished()
                ? "clock_timestamp() + interval '%d s'".formatted(seconds)
                : "timestampadd(second, %d, %s)".formatted(seconds, product.now());
    }
}
