package dev.outbox.relay.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void sharesWithItselfAllOfIt() {
        Position paging = Position.parse("735:740:735|750:760:751|1200|5300");
        assertThat(paging.sharedWith(paging)).isEqualTo(paging);
    }

    @Test
    void sharesTheLesserProgressThroughTheSameBacklog() {
        Position less = Position.parse("735:740:735|750:760:751|1200|5300");
        Position more = Position.parse("735:740:735|750:760:751|1300|5300");
        assertThat(less.sharedWith(more)).isEqualTo(less);
        assertThat(more.sharedWith(less)).isEqualTo(less);
    }

    @Test
    void sharesNoProgressThroughDifferentBacklogs() {
        Position one = Position.parse("735:740:735|750:760:751|1200|5300");
        Position other = Position.parse("735:740:735|755:765:|1300|5400");
        assertThat(one.sharedWith(other)).isEqualTo(Position.parse("735:740:735"));
        assertThat(one.sharedWith(Position.parse("735:740:735"))).isEqualTo(Position.parse("735:740:735"));
    }

    @ParameterizedTest
    @CsvSource({
        "'735:740:735,738', 736:738:736, '735:738:735,736'",
        "735:740:738, 741:741:, 735:740:738",
        "735:740:738, 735:740:735, '735:740:735,738'",
        "735:740:738, 1:1:, 1:1:",
    })
    void sharesTheTransactionsThatBothHaveDone(String one, String other, String shared) {
        assertThat(Position.parse(one).sharedWith(Position.parse(other))).hasToString(shared);
        assertThat(Position.parse(other).sharedWith(Position.parse(one))).hasToString(shared);
    }
}
