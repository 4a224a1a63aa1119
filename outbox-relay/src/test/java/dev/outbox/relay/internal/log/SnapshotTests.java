package dev.outbox.relay.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotTests {

    @Test
    void snapshotsHaveInCommonWhatEachOfThemSees() {
        Snapshot early = Snapshot.parse("10:20:10,15");
        Snapshot late = Snapshot.parse("12:30:12,25");
        assertThat(late.sharedWith(early))
                .as("25 was running too, but lies behind what the earlier one sees anyway")
                .isEqualTo(Snapshot.parse("10:20:10,12,15"));
        assertThat(late.sharedWith(late)).isEqualTo(late);
    }
}
