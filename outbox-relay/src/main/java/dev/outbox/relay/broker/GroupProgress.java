package dev.outbox.relay.broker;

/**
 * How far a consumer group has come in a partition.
 *
 * @param group its name
 * @param committed the offset that it has committed: it has finished with all records before
 * @param members how many consumers it has now
 * @since 0.1.0
 */
public record GroupProgress(String group, long committed, int members) {

    /** {@return whether the group has finished with a record} */
    public boolean isPast(RecordSearch.Found record) {
        return committed > record.offset();
    }
}
