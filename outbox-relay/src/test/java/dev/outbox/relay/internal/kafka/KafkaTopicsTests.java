package dev.outbox.relay.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.relay.broker.BrokerUnavailableException;
import dev.outbox.relay.broker.TopicState;
import dev.outbox.relay.broker.UnavailableTopicException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaTopicsTests {

    private final AtomicLong time = new AtomicLong();
    private final KafkaTopics topics = new KafkaTopics(
            List.of("broker:9092"),
            () -> {
                throw new AssertionError("asked in the background");
            },
            time::get);
    private final Answers producer = new Answers();

    @Test
    void aBrokerThatDoesNotAnswerSaysNothingOfATopicHoweverLongItTakes() {
        producer.answer = new TimeoutException("no answer");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(this::require)
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining("orders")
                    .hasMessageContaining("broker:9092");
            time.addAndGet(Duration.ofMinutes(1).toNanos());
        }
    }

    @Test
    void aTopicThatIsUnknownOrNotAllowedCannotBeWrittenTo() {
        for (KafkaException answer : List.of(
                new TimeoutException("not present", new UnknownTopicOrPartitionException("no such topic")),
                new TopicAuthorizationException("orders"))) {
            producer.answer = answer;
            assertThatThrownBy(this::require)
                    .isInstanceOf(UnavailableTopicException.class)
                    .hasMessageContaining("orders")
                    .hasMessageContaining("broker:9092")
                    .hasMessageContaining("create the topic, or allow this user");
        }
    }

    @Test
    void aTopicThatAppearsCanBeWrittenToAtOnce() {
        producer.answer = new TopicAuthorizationException("orders");
        assertThatThrownBy(this::require).isInstanceOf(UnavailableTopicException.class);
        producer.answer = null;
        assertThatNoException().isThrownBy(this::require);
    }

    @Test
    void whatTheProducerWasToldIsTheLastAnswer() {
        producer.answer = new TopicAuthorizationException("orders");
        assertThatThrownBy(this::require).isInstanceOf(UnavailableTopicException.class);
        assertThat(topics.ask("orders")).isInstanceOf(TopicState.Unavailable.class);
    }

    private void require() {
        topics.require("orders", producer);
    }

    private static final class Answers extends MockProducer<byte[], byte[]> {

        private @Nullable KafkaException answer;

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            if (answer != null) {
                throw answer;
            }
            return List.of();
        }
    }
}
