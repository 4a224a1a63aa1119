package dev.outbox.consumer.internal.record;

import dev.outbox.consumer.foreign.ForeignEvent;
import dev.outbox.consumer.foreign.ForeignEventMapping;
import dev.outbox.internal.failure.Causes;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a polled record: as the CloudEvent that it is, or as the events that a mapping of the application finds in it.
 * Thread-safe if the mappings are.
 */
public final class RecordReader {

    private final List<ForeignEventMapping> mappings;

    /**
     * @param mappings the first one that finds events decides
     */
    public RecordReader(List<ForeignEventMapping> mappings) {
        this.mappings = mappings;
    }

    /** {@return the events in the record, in their order; a record without any is one that {@link InboxRecord#isEvent} denies} */
    public List<InboxRecord> read(ConsumerRecord<?, byte[]> polled) {
        InboxRecord itself = new InboxRecord(polled);
        if (mappings.isEmpty() || itself.isEvent() || itself.isMalformed()) {
            return List.of(itself);
        }
        List<ForeignEvent> found;
        try {
            found = found(polled);
        } catch (RuntimeException unreadable) {
            return List.of(InboxRecord.malformed(polled, Causes.inOneLine(unreadable)));
        }
        if (found.isEmpty()) {
            return List.of(itself);
        }
        List<InboxRecord> events = new ArrayList<>(found.size());
        for (int part = 0; part < found.size(); part++) {
            events.add(new InboxRecord(polled, found.get(part), part, part == found.size() - 1));
        }
        return events;
    }

    private List<ForeignEvent> found(ConsumerRecord<?, byte[]> polled) {
        for (ForeignEventMapping mapping : mappings) {
            List<ForeignEvent> events = mapping.read(polled);
            if (!events.isEmpty()) {
                return events;
            }
        }
        return List.of();
    }
}
