package com.example.clinic.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.TestPostgres;
import dev.outbox.test.AutoConfigureCapturedEvents;
import dev.outbox.test.CapturedEvents;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJpaTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@AutoConfigureCapturedEvents
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ActiveProfiles("postgres")
@Import(TestPostgres.class)
class VisitEventsIT {

    @Autowired
    private VisitRepository visits;

    @Autowired
    private CapturedEvents events;

    @Test
    void aVisitThatIsSavedIsBooked() {
        Visit visit = new Visit();
        visit.setDate(LocalDate.parse("2026-05-04"));
        int id = visits.save(visit).getId();
        assertThat(events.of(VisitBooked.class)).containsExactly(new VisitBooked(id, null, visit.getDate()));
    }
}
