package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Snapshot;

/** A row of the outbox and the transaction that wrote it. */
record StoredEvent(Transaction transaction, OutboxRow row) {

    long xid() {
        return transaction.xid();
    }

    long seq() {
        return row.seq();
    }

    String aggregate() {
        return row.event().aggregate().id();
    }

    boolean isIn(BucketRange buckets) {
        return buckets.contains(row.event().aggregate().bucket());
    }

    /** Whether the snapshot could see it, given that it was committed. */
    boolean isSeenBy(Snapshot snapshot) {
        return xid() < snapshot.xmax() && !snapshot.running().contains(xid());
    }

    /** Whether a relay that begins at the position would not read it any more. */
    boolean isBefore(Position position) {
        Position.Paging paging = position.paging();
        return isSeenBy(position.done()) || (paging != null && isSeenBy(paging.next()) && seq() <= paging.seq());
    }

    @Override
    public String toString() {
        return "%s%d (seq %d, xid %d, of %s)"
                .formatted(
                        aggregate(),
                        row.aggregateSeq(),
                        seq(),
                        xid(),
                        row.event().topic());
    }
}
