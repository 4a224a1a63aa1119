package dev.outbox.chaos.oracle;

import java.util.UUID;

/**
 * A change somewhere other than in the ledger, in the order of that place: a record of the topic, a parked event, or an
 * effect of a consumer.
 *
 * @param account the account
 * @param number the number that the event gives
 * @param sequence the number that the outbox has counted
 * @param change identity of the change
 */
public record Occurrence(String account, long number, long sequence, UUID change) {}
