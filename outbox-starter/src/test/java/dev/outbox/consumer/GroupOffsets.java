package dev.outbox.consumer;

import dev.outbox.embedded.Patience;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;

/** What a consumer group has committed for a partition. */
record GroupOffsets(KafkaAdmin kafka, String group, TopicPartition partition) {

    /** {@return the offset that the group would read next; 0 if it has committed none} */
    long committed() {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            @Nullable
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .get(partition);
            return committed == null ? 0 : committed.offset();
        } catch (Exception failed) {
            throw new IllegalStateException("The offset of %s cannot be read".formatted(partition), failed);
        }
    }

    /** Turns the group, which must have no members, back to an offset. */
    void commit(long offset) {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                    .all()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("The offset of %s cannot be set".formatted(partition), failed);
        }
    }
}
