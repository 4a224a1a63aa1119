package dev.outbox.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;

class CausesTests {

    @Test
    void theRootCauseStandsInTheFirstLineAndTheStatementDoesNot() {
        SQLException denied = new SQLException("ERROR: permission denied for table stock\n  Position: 13", "42501");
        BadSqlGrammarException failure =
                new BadSqlGrammarException("PreparedStatementCallback", "\nupdate stock\nset pieces = 1", denied);
        assertThat(Causes.inOneLine(new IllegalStateException("reserve failed to handle OrderPlaced", failure)))
                .isEqualTo("reserve failed to handle OrderPlaced: java.sql.SQLException: ERROR: permission denied for"
                        + " table stock");
        assertThat(Causes.inOneLine(failure)).doesNotContain("\n").contains("permission denied for table stock");
    }

    @Test
    void whatHasNoMessageIsNamedByItsClass() {
        assertThat(Causes.inOneLine(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
