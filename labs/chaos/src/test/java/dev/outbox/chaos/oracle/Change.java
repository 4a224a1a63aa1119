package dev.outbox.chaos.oracle;

import java.util.UUID;

/**
 * A committed change, as the ledger has it.
 *
 * @param account the account
 * @param number how many changes the account has had, this one included
 * @param id identity of the change
 * @param oversize whether its event is too large for Kafka
 */
public record Change(String account, long number, UUID id, boolean oversize) {}
