package dev.outbox.chaos.redelivery;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/**
 * An account was changed.
 *
 * @param account which one
 * @param number how many changes the account has had, this one included
 * @param change identity of the change
 * @param failures how often each consumer fails to handle it before it succeeds
 */
@DomainEvent(type = "AccountChanged", version = 1, aggregate = "Account")
record AccountChanged(@AggregateId String account, long number, UUID change, int failures) {

    /** Fails until the consumer is fixed. */
    static final int ALWAYS = Integer.MAX_VALUE;
}
