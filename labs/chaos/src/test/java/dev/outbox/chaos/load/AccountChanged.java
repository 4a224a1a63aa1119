package dev.outbox.chaos.load;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/**
 * An account was changed.
 *
 * @param account which one
 * @param number how many changes the account has had, this one included
 * @param change identity of the change, as it stands in the ledger
 * @param padding makes some events larger than others
 */
@DomainEvent(type = "AccountChanged", version = 1, aggregate = "Account")
public record AccountChanged(@AggregateId String account, long number, UUID change, String padding) {}
