package dev.outbox.inbox;

import dev.outbox.inbox.guard.InboxGuard;
import dev.outbox.inbox.parking.ParkingStore;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What a consumer remembers, and the transactions in which it does.
 *
 * @param transactions those of the service
 * @param guard what has been applied
 * @param parking what is kept aside
 */
record InboxStores(TransactionOperations transactions, InboxGuard guard, ParkingStore parking) {}
