package dev.outbox.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.OutboxRows;
import dev.outbox.embedded.TestPostgres;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Events of entities whose id the database gives when they are inserted. */
@SpringBootTest(classes = {ClinicApplication.class, TestPostgres.class, OutboxRows.class})
class GeneratedIdsIT {

    @Autowired
    private Visits visits;

    @Autowired
    private OutboxRows rows;

    @BeforeEach
    void clear() {
        rows.clear();
    }

    @Test
    void anEventThatIsMadeWhenItIsRaisedHasTheId() {
        Visit visit = visits.save(Visit.book("Leo"));
        visits.save(visit.move("Max"));

        long id = Objects.requireNonNull(visit.getId());
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"visitId\":%d,\"pet\":\"Leo\"}".formatted(id),
                        "{\"visitId\":%d,\"pet\":\"Max\"}".formatted(id));
        assertThat(rows.numbersOf(String.valueOf(id))).containsExactly(1L, 2L);
    }
}
