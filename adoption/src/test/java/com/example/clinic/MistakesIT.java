package com.example.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What whoever adds the outbox to the clinic may get wrong: each time one message with the thing, the cause and the fix. */
@ExtendWith(OutputCaptureExtension.class)
class MistakesIT {

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void onH2TheStartIsRefusedWithTheSettingThatSwitchesTheOutboxOff(CapturedOutput output) {
        assertThatException().isThrownBy(() -> start("--outbox.enabled=true"));
        assertThat(output).contains("APPLICATION FAILED TO START", "PostgreSQL", "H2", "outbox.enabled=false");
    }

    @Test
    void aTopicForNoEventIsNamed(CapturedOutput output) {
        try (ConfigurableApplicationContext clinic = startOnPostgres("--outbox.topics.Vsit=visits")) {
            assertThat(clinic.isRunning()).isTrue();
            assertThat(output).contains("outbox.topics.Vsit has no effect", "[Visit]");
        }
    }

    @Test
    void aTopicThatNobodyHasMadeIsNamed(CapturedOutput output) {
        try (ConfigurableApplicationContext clinic =
                startOnPostgres("--outbox.inbox.topics=visits-of-nobody", "--outbox.relay.enabled=false")) {
            assertThat(clinic.isRunning()).isTrue();
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> output.getAll().contains("Consumer clinic gets nothing from [visits-of-nobody]"));
        }
    }

    @Test
    void transactionsOfKafkasOwnChangeNothing() {
        try (ConfigurableApplicationContext clinic =
                startOnPostgres("--spring.kafka.producer.transaction-id-prefix=clinic-")) {
            assertThat(clinic.isRunning()).isTrue();
        }
    }

    @Test
    void scriptsThatRunAfterHibernateChangeNothing() {
        try (ConfigurableApplicationContext clinic = startOnPostgres(
                "--spring.jpa.defer-datasource-initialization=true",
                "--spring.flyway.enabled=false",
                "--spring.jpa.hibernate.ddl-auto=update")) {
            assertThat(clinic.isRunning()).isTrue();
        }
    }

    private ConfigurableApplicationContext startOnPostgres(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--spring.profiles.active=postgres",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers()));
        all.addAll(List.of(settings));
        return start(all.toArray(String[]::new));
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(ClinicApplication.class)
                .web(WebApplicationType.NONE)
                .run(settings);
    }
}
