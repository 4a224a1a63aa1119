package dev.outbox.consumer.internal.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.foreign.ForeignEvent;
import dev.outbox.consumer.foreign.ForeignEventMapping;
import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.consumer.internal.record.RecordReader;
import dev.outbox.event.EventPayload;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTests {

    private static final ForeignEventMapping TWO_EVENTS = received -> List.of(event("first"), event("second"));

    @Test
    void aRecordIsDoneWithTheLastOfItsEvents() {
        List<InboxRecord> events = new RecordReader(List.of(TWO_EVENTS))
                .read(new ConsumerRecord<>("uploads", 3, 42, null, new byte[] {1}));
        Progress progress = new Progress();
        progress.done(events.get(0));
        assertThat(progress.done()).isEmpty();
        progress.done(events.get(1));
        assertThat(progress.done())
                .containsOnlyKeys(new TopicPartition("uploads", 3))
                .extractingByKey(new TopicPartition("uploads", 3))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(43L);
    }

    private static ForeignEvent event(String id) {
        return new ForeignEvent(
                Map.of("id", id, "source", "/store", "type", "Stored"), EventPayload.json(new byte[] {'{', '}'}));
    }
}
