package dev.outbox.relay.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaProducerRecipeTests {

    @Test
    void aRecordIsBoundByTheRequestAndByTheBuffer() {
        assertThat(recipe(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "2000000"))
                        .maxRecordSize())
                .isEqualTo(2_000_000);
        assertThat(recipe(Map.of(
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                "2000000",
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                1_500_000L))
                        .maxRecordSize())
                .isEqualTo(1_500_000);
    }

    @Test
    void aSizeThatIsNoNumberIsRefusedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> recipe(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "1MB")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Kafka producer setting max.request.size is '1MB'; it has to be a whole number of bytes");
    }

    private static KafkaProducerRecipe recipe(Map<String, Object> configuration) {
        return new KafkaProducerRecipe(configuration, Duration.ofSeconds(1));
    }
}
