package dev.outbox.relay.simulation;

import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import java.util.List;

/** Records for one partition that leave in one request, again and again with the same sequence numbers. */
final class ModelBatch {

    private final long producer;
    private final int partition;
    private final int firstSequence;
    private final List<Pending> records;

    /** An event and who waits for its fate. */
    record Pending(OutboxRow row, Acks acks) {}

    ModelBatch(long producer, int partition, int firstSequence, List<Pending> records) {
        this.producer = producer;
        this.partition = partition;
        this.firstSequence = firstSequence;
        this.records = records;
    }

    long producer() {
        return producer;
    }

    int partition() {
        return partition;
    }

    int firstSequence() {
        return firstSequence;
    }

    int lastSequence() {
        return firstSequence + records.size() - 1;
    }

    String topic() {
        return records.get(0).row().event().topic();
    }

    List<OutboxRow> rows() {
        return records.stream().map(Pending::row).toList();
    }

    void acknowledge() {
        records.forEach(pending -> pending.acks.acknowledged());
    }

    void fail(PublishingFailedException cause) {
        records.forEach(pending -> pending.acks.failed(cause));
    }

    @Override
    public String toString() {
        return "%s of producer %d"
                .formatted(
                        rows().stream()
                                .map(row -> row.event().aggregate().id() + row.aggregateSeq())
                                .toList(),
                        producer);
    }
}
