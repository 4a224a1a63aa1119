package dev.outbox.benchmark.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchmarkEventTests {

    @Test
    void everyPayloadHasTheSameSize() {
        for (long number : new long[] {0, 7, 4_999, 123_456_789}) {
            assertThat(new BenchmarkEvent(number).json().getBytes(StandardCharsets.UTF_8))
                    .hasSize(BenchmarkEvent.SIZE);
        }
    }

    @Test
    void eventsOfAnAggregateComeInBursts() {
        assertThat(new BenchmarkEvent(10).key()).isEqualTo(new BenchmarkEvent(14).key());
        assertThat(new BenchmarkEvent(14).key()).isNotEqualTo(new BenchmarkEvent(15).key());
    }

    @Test
    void anAggregateBelongsToOneClientAndItsNumbersRise() {
        Set<String> keys = new HashSet<>();
        for (int client = 0; client < 4; client++) {
            Numbers numbers = new Numbers(Numbers.burstAfter(17, 4), client, 4);
            Set<String> own = new HashSet<>();
            long last = 17;
            for (int i = 0; i < 2_000; i++) {
                BenchmarkEvent event = numbers.event(i);
                assertThat(event.number()).isGreaterThan(last);
                last = event.number();
                own.add(event.key());
            }
            assertThat(keys).doesNotContainAnyElementsOf(own);
            keys.addAll(own);
        }
        assertThat(keys).hasSize(BenchmarkEvent.KEYS);
    }
}
