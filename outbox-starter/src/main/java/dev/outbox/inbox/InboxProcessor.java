package dev.outbox.inbox;

import dev.outbox.upcast.PayloadReader;
import dev.outbox.upcast.ReadEvent;
import java.util.Objects;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies a received event once, however often it is delivered:
 *
 * <ol>
 *   <li>A transaction begins on the service's transaction manager.
 *   <li>The guard enters the event into the inbox. If a committed transaction has entered it before, this delivery is a
 *       duplicate and nothing else happens.
 *   <li>The payload is read as the class that the handlers understand, through upcasters if it is older; those may make
 *       several events of it, or none.
 *   <li>The handlers run, in their order.
 *   <li>The transaction commits: the entry, what the handlers changed and the events that they raised, all or nothing.
 *   <li>Only after this method has returned may the caller commit the Kafka offset. A crash in between, or a rebalance,
 *       makes Kafka deliver the event again: a duplicate.
 * </ol>
 *
 * Whatever is thrown on the way rolls the transaction back, so the event is as new as before, and is passed on to the
 * caller, who delivers it again.
 */
final class InboxProcessor {

    private static final InboxOutcome HANDLED = new InboxOutcome.Handled();
    private static final InboxOutcome DUPLICATE = new InboxOutcome.Duplicate();

    private final String consumer;
    private final EventHandlers handlers;
    private final TransactionOperations transactions;
    private final InboxGuard guard;
    private final PayloadReader payloads;

    InboxProcessor(
            String consumer,
            EventHandlers handlers,
            TransactionOperations transactions,
            InboxGuard guard,
            PayloadReader payloads) {
        this.consumer = consumer;
        this.handlers = handlers;
        this.transactions = transactions;
        this.guard = guard;
        this.payloads = payloads;
    }

    InboxOutcome process(ReceivedEvent event) {
        return Objects.requireNonNull(transactions.execute(transaction -> apply(event)));
    }

    private InboxOutcome apply(ReceivedEvent event) {
        EventMetadata metadata = event.metadata();
        if (!guard.admit(consumer, metadata)) {
            return DUPLICATE;
        }
        payloads.read(event.stored()).forEach(read -> handle(read, metadata.of(read)));
        return HANDLED;
    }

    private void handle(ReadEvent read, EventMetadata metadata) {
        handlers.of(read.type().eventType().name()).forEach(method -> method.handle(read.event(), metadata));
    }
}
