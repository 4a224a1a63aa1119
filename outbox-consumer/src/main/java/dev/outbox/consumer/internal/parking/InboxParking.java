package dev.outbox.consumer.internal.parking;

import dev.outbox.consumer.internal.text.ParkedText;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that is about to be parked.
 *
 * @param key the key that it holds up
 * @param received the record
 * @param headers the headers of the record as text
 * @param event which event it is
 * @param cause why it is parked
 * @param reason the cause in words, or null
 * @param attempts how often it was tried
 */
public record InboxParking(
        InboxKey key,
        ConsumerRecord<?, byte[]> received,
        Map<String, String> headers,
        Identity event,
        ParkingCause cause,
        @Nullable String reason,
        int attempts) {

    /**
     * Which event a record is. A text that no column can hold is replaced by its beginning and its SHA-256.
     *
     * @param source who raised it
     * @param id identity within the source
     * @param type what happened
     * @param sequence place among the events of its aggregate, or null
     */
    public record Identity(
            String source, String id, String type, @Nullable Long sequence) {

        /** Converts each text to one that a column can hold. */
        public Identity {
            source = ParkedText.of(source);
            id = ParkedText.of(id);
            type = ParkedText.of(type);
        }
    }
}
