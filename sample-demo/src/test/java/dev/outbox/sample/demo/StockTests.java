package dev.outbox.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StockTests {

    @Test
    void whatIsInOneOnlyIsPartOfTheDifference() {
        Stock taken = new Stock(Map.of("teapot", 5L, "samovar", 3L));
        Stock ordered = Stock.of(Map.of("teapot", "4", "unicorn", "1"));
        Stock difference = taken.minus(ordered);
        assertThat(difference).isEqualTo(new Stock(Map.of("teapot", 1L, "samovar", 3L, "unicorn", -1L)));
        assertThat(difference.positive()).isEqualTo(2);
        assertThat(difference.negative()).isEqualTo(1);
    }
}
