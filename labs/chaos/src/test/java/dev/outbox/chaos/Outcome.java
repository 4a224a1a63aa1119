package dev.outbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What a run has come to.
 *
 * @param violations which promises were broken, a line each
 * @param committed changes that were committed
 * @param rolledBack transactions that were rolled back on purpose
 * @param disturbed transactions that ended with their connection
 * @param records records on the topic, repetitions included
 * @param parked events that are parked
 * @param acquisitions how often a relay acquired a lane
 * @param idleWriterCommitted whether the writer that was idle in transaction could commit at the end
 */
record Outcome(
        List<String> violations,
        int committed,
        int rolledBack,
        int disturbed,
        int records,
        int parked,
        long acquisitions,
        boolean idleWriterCommitted) {

    private static final int VIOLATIONS_SHOWN = 30;

    /** Demands that no promise was broken, and that there was something to be broken. */
    void assertPromisesKept(String story) {
        assertThat(violations.stream().limit(VIOLATIONS_SHOWN))
                .as("%d violations%n%s%n%s", violations.size(), this, story)
                .isEmpty();
        assertThat(committed).as("committed").isGreaterThan(100);
        assertThat(parked).as("parked").isPositive();
        assertThat(records).as("records").isGreaterThanOrEqualTo(committed - parked);
    }

    @Override
    public String toString() {
        return ("%d changes committed, %d transactions rolled back, %d cut off; %d records, %d of them repetitions;"
                        + " %d events parked; lanes acquired %d times")
                .formatted(
                        committed,
                        rolledBack,
                        disturbed,
                        records,
                        records - (committed - parked),
                        parked,
                        acquisitions);
    }
}
