package dev.outbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTests {

    private final Results results = new Results();

    @BeforeEach
    void measure() {
        List.of(90.0, 100.0, 2_000.0)
                .forEach(value -> results.add("outbox-embedded", "drain", "events_per_second", value));
        results.add("debezium", "drain", "events_per_second", 50);
    }

    @Test
    void oneRowPerFigureWithTheMedian() {
        assertThat(new CsvReport(results).medians()).isEqualTo("""
                contender,scenario,metric,value
                outbox-embedded,drain,events_per_second,100
                debezium,drain,events_per_second,50
                """);
    }

    @Test
    void oneRowPerRound() {
        assertThat(new CsvReport(results).rounds()).isEqualTo("""
                contender,scenario,metric,round,value
                outbox-embedded,drain,events_per_second,1,90
                outbox-embedded,drain,events_per_second,2,100
                outbox-embedded,drain,events_per_second,3,2000
                debezium,drain,events_per_second,1,50
                """);
    }

    @Test
    void ratiosAreToOurs() {
        assertThat(new MarkdownReport(results).text()).contains("| debezium | 0.500 | 50.0 |");
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        assertThat(Plots.of(results))
                .singleElement()
                .satisfies(plot ->
                        assertThat(plot.svg()).contains("width=\"440.0\"").contains("width=\"220.0\""));
    }
}
