package dev.outbox.consumer.idempotent;

import dev.outbox.consumer.guard.Admission;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.metrics.ConsumerMeters;
import dev.outbox.consumer.internal.metrics.InboxMeters;
import dev.outbox.consumer.internal.metrics.RecordOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.transaction.support.TransactionOperations;

/** Runs the guard and the effect in one transaction. */
final class TransactionalInbox implements Inbox {

    private final TransactionOperations transactions;
    private final InboxGuard guard;
    private final RecordIdentity identity;
    private final InboxMeters meters;

    TransactionalInbox(
            TransactionOperations transactions, InboxGuard guard, RecordIdentity identity, InboxMeters meters) {
        this.transactions = transactions;
        this.guard = guard;
        this.identity = identity;
        this.meters = meters;
    }

    /** {@return the same inbox for records that another header identifies} */
    TransactionalInbox identifiedBy(RecordIdentity other) {
        return new TransactionalInbox(transactions, guard, other, meters);
    }

    @Override
    public boolean process(String consumer, ConsumerRecord<?, ?> received, Runnable effect) {
        boolean handled = Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean isNew =
                    guard.admit(consumer, List.of(identity.of(received))).get(0) == Admission.NEW;
            if (isNew) {
                effect.run();
            }
            return isNew;
        }));
        count(consumer, handled ? 1 : 0, 1);
        return handled;
    }

    @Override
    public <K, V> int process(
            String consumer, List<ConsumerRecord<K, V>> received, Consumer<List<ConsumerRecord<K, V>>> effect) {
        if (received.isEmpty()) {
            return 0;
        }
        List<GuardedEvent> events = received.stream().map(identity::of).toList();
        int handled = Objects.requireNonNull(transactions.execute(transaction -> {
            List<Admission> admissions = guard.admit(consumer, events);
            List<ConsumerRecord<K, V>> fresh = new ArrayList<>(received.size());
            for (int i = 0; i < admissions.size(); i++) {
                if (admissions.get(i) == Admission.NEW) {
                    fresh.add(received.get(i));
                }
            }
            if (!fresh.isEmpty()) {
                effect.accept(fresh);
            }
            return fresh.size();
        }));
        count(consumer, handled, received.size());
        return handled;
    }

    private void count(String consumer, int handled, int received) {
        ConsumerMeters counted = meters.of(consumer);
        counted.done(RecordOutcome.HANDLED, handled);
        counted.done(RecordOutcome.DUPLICATE, (long) received - handled);
    }
}
