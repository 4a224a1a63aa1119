package dev.outbox.producer;

import dev.outbox.event.EventEnvelope;
import java.util.List;
import org.springframework.transaction.TransactionExecution;

/** Writes events before the commit, because the transaction is about to read, or to append to, the streams of stored aggregates. */
interface EarlyWrite {

    /** Flushes what the transaction has changed, until no more events are raised by that. */
    void flush(TransactionExecution transaction, CapturedEvents captured);

    /** {@return whether the commit of the transaction can go along with what is written last} */
    boolean isCommitSentAlong(TransactionExecution transaction);

    /** {@return whether some of these events are of stored aggregates} */
    boolean isNeededFor(List<EventEnvelope> pending);

    /** Writes events, numbered within their aggregates. */
    void write(List<EventEnvelope> events);
}
