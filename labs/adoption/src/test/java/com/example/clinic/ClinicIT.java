package com.example.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.example.clinic.owner.Owner;
import com.example.clinic.owner.OwnerRepository;
import com.example.clinic.owner.Pet;
import com.example.clinic.visit.Reminder;
import com.example.clinic.visit.ReminderRepository;
import com.example.clinic.visit.Visit;
import com.example.clinic.visit.VisitRepository;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;

/**
 * The clinic on PostgreSQL and Kafka: a visit is booked, the relay publishes that, a handler reads it. The consumer group is its
 * own, because the broker waits for members of {@code clinic} that another test has stopped while they joined.
 */
@SpringBootTest(properties = "outbox.inbox.group=reminders")
@AutoConfigureMockMvc
@ActiveProfiles("postgres")
@Import(TestServers.class)
@ExtendWith(OutputCaptureExtension.class)
class ClinicIT {

    @Autowired
    private MockMvc mvc;

    @Autowired
    private OwnerRepository owners;

    @Autowired
    private VisitRepository visits;

    @Autowired
    private ReminderRepository reminders;

    @Test
    void aVisitThatIsBookedIsRemindedOf(CapturedOutput output) throws Exception {
        assertThat(output)
                .contains(
                        "Outbox: can publish VisitBooked v1 to outbox.event.Visit; consumer reminders handles VisitBooked v1"
                                + " from outbox.event.Visit; tables in ");
        Owner owner = new Owner();
        Pet luna = new Pet();
        owner.getPets().add(luna);
        int pet = owners.save(owner).getPets().get(0).getId();
        mvc.perform(post("/pets/%d/visits".formatted(pet))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"date\":\"2026-05-04\",\"description\":\"vaccination\"}"))
                .andExpect(status().isCreated());

        Visit visit = visits.findByPetId(pet).get(0);
        await().atMost(Patience.LIMIT)
                .until(() -> !reminders.findByVisitId(visit.getId()).isEmpty());
        List<Reminder> reminded = reminders.findByVisitId(visit.getId());
        assertThat(reminded).hasSize(1);
        assertThat(reminded.get(0).getOn()).isEqualTo(LocalDate.parse("2026-05-03"));
    }
}
