package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.internal.record.InboxRecord;
import dev.outbox.embedded.Patience;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;

/** What has come to the dead-letter topic of the orders. */
class DeadLetterTopic {

    private final List<ConsumerRecord<String, String>> letters = new CopyOnWriteArrayList<>();

    @KafkaListener(
            topics = "${outbox.topics.Order}.dlt",
            groupId = "dead-letters",
            properties = "auto.offset.reset=earliest")
    void add(ConsumerRecord<String, String> letter) {
        letters.add(letter);
    }

    List<ConsumerRecord<String, String>> lettersOf(String eventId) {
        return letters.stream()
                .filter(letter ->
                        Objects.equals(eventId, InboxRecord.textOf(letter).get("ce_id")))
                .toList();
    }

    ConsumerRecord<String, String> awaitLetter(String eventId) {
        return awaitLetters(eventId, 1).get(0);
    }

    /** {@return the letters about an event, of which there are exactly so many} */
    List<ConsumerRecord<String, String>> awaitLetters(String eventId, int number) {
        await().atMost(Patience.LIMIT).until(() -> lettersOf(eventId).size() >= number);
        assertThat(lettersOf(eventId)).hasSize(number);
        return lettersOf(eventId);
    }
}
