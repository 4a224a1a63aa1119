package dev.outbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateRefTests {

    /** Reference values of zlib's crc32: a key that changed its bucket could be overtaken by itself. */
    @ParameterizedTest
    @CsvSource({"123456789,38", "order-1,47", "Grüße,49"})
    void bucketIsTheCrcOfTheIdWhicheverTheType(String id, int bucket) {
        assertThat(new AggregateRef("Order", id).bucket()).isEqualTo(bucket);
        assertThat(new AggregateRef("Customer", id).bucket()).isEqualTo(bucket);
    }

    @Test
    void bucketsAreAllUsed() {
        assertThat(IntStream.range(0, 2_000)
                        .map(i -> new AggregateRef("Order", "order-" + i).bucket())
                        .distinct())
                .hasSize(AggregateRef.BUCKETS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "x\uD83D"})
    void refusesAnIdThatWouldNotComeBackAsItWas(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AggregateRef("Order", id))
                .withMessageStartingWith("Aggregate id has");
    }

    @Test
    void refusesBlankAndOverlongIds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AggregateRef("Order", " "))
                .withMessageContaining("id is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AggregateRef("Order", "x".repeat(256)))
                .withMessageContaining("256 characters");
    }
}
