package com.example.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.example.unmarked.Unmarked;
import dev.outbox.relay.internal.lease.LaneLayout;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * What whoever adds the outbox to the clinic may get wrong so that it must not start: one message with the thing, the cause
 * and the fix. And what it may have set, and starts all the same.
 */
@ExtendWith(OutputCaptureExtension.class)
class MistakesIT {

    private final PostgresClinic clinic = new PostgresClinic();

    @AfterEach
    void dropDatabase() {
        clinic.close();
    }

    @Test
    void onH2TheServiceStartsWithAWarning(CapturedOutput output) {
        new SpringApplicationBuilder(ClinicApplication.class)
                .web(WebApplicationType.NONE)
                .run("--outbox.enabled=true", "--spring.kafka.listener.auto-startup=false")
                .close();

        assertThat(output).contains("The outbox is on H2, which is for development and tests");
    }

    @Test
    void aUserWhoMayNotMakeTablesIsToldHowTheyAreMadeByHand(CapturedOutput output) {
        JdbcClient owner = JdbcClient.create(clinic.database().dataSource());
        owner.sql("create role receptionist login password 'receptionist'").update();
        try {
            assertRefused(
                    () -> clinic.start(
                            "--spring.datasource.username=receptionist",
                            "--spring.datasource.password=receptionist",
                            "--spring.flyway.enabled=false",
                            "--spring.jpa.hibernate.ddl-auto=none"),
                    output,
                    "The tables of the outbox cannot be created: ERROR: permission denied for schema public",
                    "docs/schema/postgresql.sql",
                    "outbox.schema.migrate=false",
                    "insert on outbox_event");
        } finally {
            owner.sql("drop owned by receptionist; drop role receptionist").update();
        }
    }

    @Test
    void anEventThatDoesNotMarkItsAggregateIsNamed(CapturedOutput output) {
        assertRefused(
                () -> clinic.startWith(Unmarked.class),
                output,
                "PetMoved v1 (com.example.unmarked.Unmarked$PetMoved) marks no @AggregateId, so it could not be published",
                "Annotate the component that identifies the Pet with @AggregateId.");
    }

    @Test
    void aReaderWithoutANameIsToldToHaveOne(CapturedOutput output) {
        assertRefused(
                () -> clinic.start("--spring.application.name="),
                output,
                "There are @DomainEventHandler methods, but the consumer group has no name",
                "Set spring.application.name or outbox.inbox.group. The name must stay");
    }

    @Test
    void aPublisherWithoutANameIsToldToHaveOne(CapturedOutput output) {
        assertRefused(
                () -> clinic.start("--spring.application.name=", "--outbox.inbox.group=reminders"),
                output,
                "VisitBooked v1 (com.example.clinic.visit.Visit$VisitBooked) has no CloudEvents source, because the application has no name",
                "Set spring.application.name, or outbox.capture.source. It must stay");
    }

    @Test
    void aSecondDataSourceMakesTheClinicSayWhichOneHoldsTheVisits(CapturedOutput output) {
        assertRefused(
                () -> clinic.startWith(TwoDataSources.class, "--spring.flyway.enabled=false"),
                output,
                "There are several DataSources, [clinicData, statistics], and nothing says which one",
                "Mark the one that holds the business data with @OutboxDataSource or @Primary, or set"
                        + " outbox.datasource.qualifier to its bean name.");
    }

    @Test
    void aBeanThatIsMissingIsNamedWithThePropertyThatHasSwitchedItOff(CapturedOutput output) {
        assertRefused(
                () -> clinic.startWith(LaneBoard.class, "--outbox.relay.enabled=false"),
                output,
                "LaneBoard required a bean of type 'dev.outbox.relay.internal.lease.LaneLayout', which does not exist because"
                        + " outbox.relay.enabled is false",
                "Set it to true where there is PostgreSQL, or inject an ObjectProvider");
    }

    @Test
    void transactionsOfKafkasOwnChangeNothing() {
        assertStarts("--spring.kafka.producer.transaction-id-prefix=clinic-");
    }

    @Test
    void scriptsThatRunAfterHibernateChangeNothing() {
        assertStarts(
                "--spring.jpa.defer-datasource-initialization=true",
                "--spring.flyway.enabled=false",
                "--spring.jpa.hibernate.ddl-auto=update");
    }

    private static void assertRefused(ThrowingCallable start, CapturedOutput output, String problem, String... fixes) {
        assertThatException().isThrownBy(start);
        String[] told = output.getAll().split("APPLICATION FAILED TO START");
        assertThat(told).as("told once").hasSize(2);
        assertThat(told[1])
                .containsSubsequence("Description:", problem, "Action:")
                .contains(fixes);
    }

    private void assertStarts(String... settings) {
        try (ConfigurableApplicationContext started = clinic.start(settings)) {
            assertThat(started.isRunning()).isTrue();
        }
    }

    /** Shows who relays what. */
    record LaneBoard(LaneLayout lanes) {}

    /** The clinic's own, and one more that somebody needed later. */
    @Configuration(proxyBeanMethods = false)
    static class TwoDataSources {

        @Bean
        DataSource clinicData(
                @Value("${spring.datasource.url}") String url,
                @Value("${spring.datasource.username}") String user,
                @Value("${spring.datasource.password}") String password) {
            return new DriverManagerDataSource(url, user, password);
        }

        @Bean
        DataSource statistics() {
            return new DriverManagerDataSource("jdbc:h2:mem:statistics");
        }

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(@Qualifier("clinicData") DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan("com.example.clinic");
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            return factory;
        }

        @Bean
        PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }
    }
}
