package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a consumer remembers, and the transactions in which it does so.
 *
 * @param transactions the transactions of the service
 * @param guard remembers what has been applied
 * @param parking stores what is parked
 */
public record InboxStores(TransactionOperations transactions, InboxGuard guard, InboxParkingStore parking) {}
