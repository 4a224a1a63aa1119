package dev.outbox.consumer.idempotent;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record whose identity does not fit into the inbox. Another attempt would change nothing. */
final class UnidentifiedRecordException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient ConsumerRecord<?, ?> received;

    UnidentifiedRecordException(ConsumerRecord<?, ?> received, int longest) {
        super(
                "The record at %s-%d@%d has an id, source or type with more than %d characters, or a NUL. Correct this in its producer."
                        .formatted(received.topic(), received.partition(), received.offset(), longest));
        this.received = received;
    }

    ConsumerRecord<?, ?> received() {
        return received;
    }
}
