package com.example.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.example.clinic.visit.Visit;
import com.example.clinic.visit.VisitRepository;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.parking.ParkedEvents;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What is wrong with the clinic while it runs: said where one looks, with the cause and what to do. */
@ExtendWith(OutputCaptureExtension.class)
class TroubleIT {

    private final PostgresClinic clinic = new PostgresClinic();

    @AfterEach
    void dropDatabase() {
        clinic.close();
    }

    @Test
    void aTopicForNoEventIsNamed(CapturedOutput output) {
        try (ConfigurableApplicationContext started = clinic.start("--outbox.topics.Vsit=visits")) {
            assertThat(started.isRunning()).isTrue();
            assertThat(output).contains("outbox.topics.Vsit has no effect", "[Visit]");
        }
    }

    @Test
    void aTopicThatNobodyHasMadeIsNamed(CapturedOutput output) {
        try (ConfigurableApplicationContext started =
                clinic.start("--outbox.inbox.topics=visits-of-nobody", "--outbox.relay.enabled=false")) {
            assertThat(started.isRunning()).isTrue();
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> output.getAll().contains("Consumer clinic gets nothing from [visits-of-nobody]"));
        }
    }

    @Test
    void aCatalogThatNobodyHasMadeIsNotFoundWithHowItIsMade() {
        try (ConfigurableApplicationContext started =
                clinic.startServer("--management.endpoints.web.exposure.include=outboxevents")) {
            HttpResponse<String> catalog = PostgresClinic.get(started, "/actuator/outboxevents");

            assertThat(catalog.statusCode()).isEqualTo(404);
            assertThat(catalog.body())
                    .contains(
                            "META-INF/outbox/outbox-catalog.json is not on the class path", "-Doutbox.catalog=accept");
        }
    }

    @Test
    void withoutKafkaTheClinicBooksVisitsAndItsHealthSaysWhatTheyWaitFor() {
        try (ConfigurableApplicationContext started = clinic.startServer(
                "--spring.kafka.bootstrap-servers=localhost:1", "--management.endpoint.health.show-details=always")) {
            started.getBean(VisitRepository.class).save(new Visit());
            HttpResponse<String> health = Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(
                            () -> PostgresClinic.get(started, "/actuator/health"),
                            answer -> answer.body().contains("\"STUCK\""));

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"outboxRelay\"", "localhost:1", "topic 'outbox.event.Visit'")
                    .endsWith("\"status\":\"UP\"}");
        }
    }

    @Test
    void whoCallsWhatIsSwitchedOffIsToldByWhat() {
        try (ConfigurableApplicationContext started =
                clinic.startWith(FrontDesk.class, "--outbox.inbox.enabled=false", "--outbox.relay.enabled=false")) {
            FrontDesk desk = started.getBean(FrontDesk.class);

            assertThatIllegalStateException()
                    .isThrownBy(() -> desk.notPublished().keys(10))
                    .withMessage(
                            "ParkedEvents.keys cannot be called, because outbox.relay.enabled is false. Set it to true where there"
                                    + " is PostgreSQL, or do not call it.");
            assertThatIllegalStateException()
                    .isThrownBy(() -> desk.notHandled().keys(10))
                    .withMessageStartingWith(
                            "ParkedInboxEvents.keys cannot be called, because outbox.inbox.enabled is false.");
        }
    }

    /** Where somebody looks after what could be neither published nor handled. */
    record FrontDesk(ParkedEvents notPublished, ParkedInboxEvents notHandled) {}
}
