package dev.outbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A blind audit would praise everybody. */
class ArrivalsTests {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void countsWhatIsMissing() {
        arrivals.add(1, 0);

        assertThat(arrivals.missing(Stream.of(1L, 2L))).isOne();
    }

    @Test
    void countsRepetitionsWhichAreNotOutOfOrder() {
        arrivals.add(1, 0);
        arrivals.add(2, 0);
        arrivals.add(1, 0);

        assertThat(arrivals.duplicates()).isOne();
        assertThat(arrivals.outOfOrder()).isZero();
    }

    @Test
    void countsFirstOccurrencesBehindALaterEventOfTheirKey() {
        arrivals.add(2, 0);
        arrivals.add(1, 0);
        arrivals.add(5, 0);

        assertThat(arrivals.outOfOrder()).isOne();
    }

    @Test
    void findsTheNumberHoweverThePayloadIsWrapped() {
        String escaped = "\"" + new BenchmarkEvent(42).json().replace("\"", "\\\"") + "\"";

        assertThat(TopicReader.numberIn(escaped.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(42);
    }
}
