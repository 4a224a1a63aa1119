package dev.outbox.consumer.guard;

import static dev.outbox.consumer.guard.Admission.DUPLICATE;
import static dev.outbox.consumer.guard.Admission.FORK;
import static dev.outbox.consumer.guard.Admission.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcSequenceGuardIT extends SequenceGuardContract {

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    JdbcSequenceGuardIT() {
        super(DatabaseKind.POSTGRESQL);
    }

    /** No earlier release was on other databases. */
    @Test
    void whatAnEarlierReleaseHasAppliedCountsAsApplied() {
        jdbc.sql("insert into inbox_sequence values ('stock', '/orders', 'orders', 'a', 6, 'e-6')")
                .update();
        assertThat(admit(event(5), event(6), event(7))).containsExactly(DUPLICATE, DUPLICATE, NEW);
        assertThat(admit(event(7, "another"))).containsExactly(FORK);

        jdbc.sql("update inbox_sequence set last_sequence = 9, last_event_id = 'e-9'")
                .update();
        assertThat(admit(event(8), event(9), event(10))).containsExactly(DUPLICATE, DUPLICATE, NEW);
        assertThat(admit(event(7), event(8), event(10))).containsOnly(DUPLICATE);
        assertThat(admit(event(7, "another"))).containsExactly(FORK);
    }
}
