package dev.outbox.relay.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.replication.Heartbeat;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class SnapshotMarksTests {

    private static final LogSequenceNumber BEFORE = LogSequenceNumber.valueOf(99);
    private static final LogSequenceNumber END = LogSequenceNumber.valueOf(100);

    private final SnapshotMarks marks = new SnapshotMarks();
    private final Snapshot snapshot = new Snapshot(7, 9, List.of(7L));

    @Test
    void aSnapshotCountsWhenTheStreamHasComeToTheEndThatBelongsToIt() {
        marks.taken(beat("1:1:"));

        assertThat(marks.reached(BEFORE)).isEmpty();
        assertThat(marks.reached(END)).contains(snapshot);
        assertThat(marks.reached(END)).isEmpty();
    }

    @Test
    void theEndIsPublishedWhenAllLanesCoverTheSnapshot() {
        marks.taken(beat("7:9:7"));
        assertThat(marks.published(beat("7:9:7"))).as("not come yet").isEmpty();
        assertThat(marks.reached(END)).isPresent();

        assertThat(marks.published(beat("7:9:7", "7:8:7"))).isEmpty();
        assertThat(marks.published(beat("7:9:7", null))).isEmpty();
        assertThat(marks.published(beat("9:9:", "7:12:7,10"))).contains(END);
        assertThat(marks.published(beat("9:9:", "7:12:7,10"))).isEmpty();
    }

    private Heartbeat beat(@Nullable String... positions) {
        return new Heartbeat(snapshot, END, Arrays.asList(positions), 0, "reserved", null);
    }
}
