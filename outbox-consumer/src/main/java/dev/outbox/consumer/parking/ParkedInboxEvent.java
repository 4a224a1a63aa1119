package dev.outbox.consumer.parking;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A parked event.
 *
 * @param id its number, with which it is edited or discarded
 * @param key the key that it holds up
 * @param received the record as it came from Kafka, except for the payload if that was edited
 * @param cause why it is parked
 * @param reason the cause in words; null if it only waits behind another
 * @param attempts how often it was tried, before it was parked and after it had waited
 * @param parkedAt when it was parked
 * @param editedAt when its payload was last changed, or null
 * @param discarded whether it was discarded, and is passed over when its turn comes
 * @since 0.1.0
 */
public record ParkedInboxEvent(
        long id,
        InboxKey key,
        ConsumerRecord<byte[], byte[]> received,
        ParkingCause cause,
        @Nullable String reason,
        int attempts,
        Instant parkedAt,
        @Nullable Instant editedAt,
        boolean discarded) {}
