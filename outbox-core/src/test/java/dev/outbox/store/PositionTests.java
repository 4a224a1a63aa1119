package dev.outbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTests {

    @ParameterizedTest
    @ValueSource(strings = {"1:1:", "735:740:", "735:740:735,738", "735:740:735|750:760:751|1200|5300"})
    void isReadAsItWasWritten(String text) {
        assertThat(Position.parse(text)).hasToString(text);
    }

    @Test
    void keepsTheRunningTransactionsOfItsSnapshot() {
        assertThat(Position.parse("735:740:735,738").done().running()).isEqualTo(List.of(735L, 738L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "735", "740:735:", "0:0:", "1:1:|2:2:", "1:1:|2:2:|9|8"})
    void refusesWhatIsNoPosition(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Position.parse(text));
    }
}
