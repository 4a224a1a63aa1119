package dev.outbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTopicsTests {

    @Test
    void topicFollowsTheAggregate() {
        assertThat(EventTopics.defaultFor("Order")).isEqualTo("outbox.event.Order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "with space", "ä", "a/b"})
    void refusesWhatKafkaWouldRefuse(String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventTopics.requireLegal(topic))
                .withMessageContaining("'" + topic + "'");
    }

    @Test
    void refusesNamesLongerThanKafkaAllows() {
        EventTopics.requireLegal("t".repeat(249));
        assertThatIllegalArgumentException().isThrownBy(() -> EventTopics.requireLegal("t".repeat(250)));
    }
}
