package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.event.EventEnvelope;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same where transactions write their events side by side. */
class RelayOrderIT extends RelayOrderContract {

    @Test
    void publishesARowWithALowerSeqThatIsCommittedLater() throws SQLException {
        EventEnvelope early = event(topic, "early");
        EventEnvelope late = event(topic, "late");
        EventEnvelope later = event(topic, "late");
        startRelay();
        try (OutboxTransaction slow = new OutboxTransaction(dataSource)) {
            slow.append(late);
            OutboxTransaction.commit(dataSource, List.of(early));
            reader.untilEvents(1);
            assertThat(reader.ids()).containsExactly(early.id().toString());

            slow.commit();
            OutboxTransaction.commit(dataSource, List.of(later));
            reader.untilEvents(3);
        }

        assertThat(reader.ids())
                .containsExactly(
                        early.id().toString(), late.id().toString(), later.id().toString());
        reader.assertFirstOccurrencesInOrder();
        assertThat(reader.records()).hasSize(3);
    }

    @Test
    void doesNotWaitForATransactionThatStaysOpen() throws SQLException {
        startRelay();
        try (OutboxTransaction idle = new OutboxTransaction(dataSource)) {
            EventEnvelope waiting = event(topic, "idle");
            idle.append(waiting);
            for (int i = 0; i < 100; i++) {
                OutboxTransaction.commit(dataSource, List.of(event(topic, "busy")));
            }

            reader.untilEvents(100);
            assertThat(reader.ids()).doesNotContain(waiting.id().toString());

            idle.commit();
            reader.untilEvents(101);
        }
        reader.assertFirstOccurrencesInOrder();
    }
}
