package dev.outbox.consumer.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.internal.record.InboxRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.KafkaException;

/** What Kafka says of a dead letter that it does not take. */
class RefusedLetterTests {

    @Test
    void sizeRightAndTopicAreFinal() {
        assertThat(isFinal(new KafkaException("Send failed", new RecordTooLargeException("2 MB"))))
                .isTrue();
        assertThat(isFinal(new KafkaException("Send failed", new TopicAuthorizationException("orders.dlt"))))
                .isTrue();
        assertThat(isFinal(new TimeoutException(
                        "Topic orders.dlt not present in metadata after 10000 ms.",
                        new UnknownTopicOrPartitionException())))
                .isTrue();
    }

    @Test
    void whatMayPassIsNot() {
        assertThat(isFinal(new java.util.concurrent.TimeoutException())).isFalse();
        assertThat(isFinal(new TimeoutException("Topic orders.dlt not present in metadata after 10000 ms.")))
                .isFalse();
        assertThat(isFinal(new KafkaException("Send failed", new NotEnoughReplicasException("1 of 2"))))
                .isFalse();
        assertThat(isFinal(new InterruptedException())).isFalse();
    }

    private static boolean isFinal(Exception cause) {
        InboxRecord received = new InboxRecord(new ConsumerRecord<>("orders", 0, 1, new byte[0], new byte[0]));
        return new RefusedLetterException(received, "orders.dlt", cause).isFinal();
    }
}
