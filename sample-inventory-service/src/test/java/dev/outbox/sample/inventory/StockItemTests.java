package dev.outbox.sample.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StockItemTests {

    private final StockItem samovars = new StockItem("samovar", 10);

    @Test
    void whatIsTakenIsNoLongerAvailable() {
        samovars.take(4);
        assertThat(samovars.available()).isEqualTo(6);
    }

    @Test
    void theLastOnesCanBeTaken() {
        assertThat(samovars.has(10)).isTrue();
        samovars.take(10);
        assertThat(samovars.available()).isZero();
    }

    @Test
    void moreThanThereIsCannotBeTaken() {
        assertThat(samovars.has(11)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> samovars.take(11))
                .withMessage("Cannot take 11 of samovar; 10 left");
    }

    @Test
    void whatIsPutBackIsAvailableAgain() {
        samovars.take(4);
        samovars.put(4);
        assertThat(samovars.available()).isEqualTo(10);
        assertThatIllegalArgumentException().isThrownBy(() -> samovars.put(0));
    }

    @Test
    void nothingIsGivenBackByTakingLessThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> samovars.take(-1));
    }
}
