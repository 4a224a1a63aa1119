package dev.outbox.consumer;

import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.parking.ParkingStore;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a consumer remembers, and the transactions in which it does so.
 *
 * @param transactions the transactions of the service
 * @param guard remembers what has been applied
 * @param parking stores what is parked
 */
record InboxStores(TransactionOperations transactions, InboxGuard guard, ParkingStore parking) {}
