package dev.outbox.relay.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.relay.TestEvents;
import dev.outbox.store.OutboxRow;
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

    private static final OutboxRow ROW = TestEvents.row(1, TestEvents.event("orders", "A"));
    private final KafkaException silence = new TimeoutException("no answer");
    private final KafkaException unknown =
            new TimeoutException("not present", new UnknownTopicOrPartitionException("no such topic"));

    private final AtomicLong time = new AtomicLong();
    private final KafkaTopics topics = new KafkaTopics(List.of("broker:9092"), time::get);
    private final Answers producer = new Answers();

    @Test
    void aBrokerThatDoesNotAnswerRefusesNothingHoweverLongItTakes() {
        producer.answer = silence;
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(this::require).isInstanceOf(BrokerUnavailableException.class);
            pass(Duration.ofMinutes(1));
        }
    }

    @Test
    void aTopicIsRefusedOnlyWhenItHasBeenUnknownForAWhile() {
        producer.answer = unknown;
        assertThatThrownBy(this::require).isInstanceOf(BrokerUnavailableException.class);
        pass(Duration.ofSeconds(10));

        assertThatThrownBy(this::require)
                .isInstanceOf(UnpublishableEventException.class)
                .hasMessageContaining("orders")
                .hasMessageContaining("broker:9092");
    }

    @Test
    void aTopicThatAppearsIsNotHeldToHaveBeenUnknown() {
        producer.answer = unknown;
        assertThatThrownBy(this::require).isInstanceOf(BrokerUnavailableException.class);
        producer.answer = null;
        pass(Duration.ofSeconds(10));
        assertThatNoException().isThrownBy(this::require);

        producer.answer = unknown;
        assertThatThrownBy(this::require).isInstanceOf(BrokerUnavailableException.class);
    }

    @Test
    void aMissingRightRefusesAtOnceAndIsNotAskedAboutForEachEvent() {
        producer.answer = new TopicAuthorizationException("orders");
        assertThatThrownBy(this::require).isInstanceOf(UnpublishableEventException.class);
        assertThatThrownBy(this::require).isInstanceOf(UnpublishableEventException.class);
        assertThat(producer.asked).isEqualTo(1);

        producer.answer = null;
        pass(Duration.ofMinutes(1));
        assertThatNoException().isThrownBy(this::require);
    }

    private void require() {
        topics.require(ROW, producer);
    }

    private void pass(Duration later) {
        time.addAndGet(later.toNanos());
    }

    private static final class Answers extends MockProducer<byte[], byte[]> {

        private @Nullable KafkaException answer;
        private int asked;

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            asked++;
            if (answer != null) {
                throw answer;
            }
            return List.of();
        }
    }
}
