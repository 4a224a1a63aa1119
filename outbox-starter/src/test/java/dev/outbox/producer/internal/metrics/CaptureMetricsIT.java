package dev.outbox.producer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.domain.Personal;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.internal.metrics.NamedMeter;
import dev.outbox.internal.transaction.EventsRefused;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import dev.outbox.producer.EventHeadersCustomizer;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is committed is counted by its type, and what is refused by the reason. */
@SpringBootTest(
        properties = {"outbox.packages=dev.outbox.producer.internal.metrics", "outbox.capture.max-payload-size=200B"})
class CaptureMetricsIT {

    @Autowired
    private Outbox outbox;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private DataSource dataSource;

    private final PlatformTransactionManager transactionManager;
    private final TransactionTemplate transaction;

    @Autowired
    CaptureMetricsIT(PlatformTransactionManager transactionManager) {
        this.transactionManager = transactionManager;
        this.transaction = new TransactionTemplate(transactionManager);
    }

    @Test
    void eachMeterIsThereFromTheStartWithTheTagsThatAreDocumented() {
        for (CaptureMeter meter : CaptureMeter.values()) {
            assertThat(registry.get(meter.meterName()).meters())
                    .isNotEmpty()
                    .extracting(Meter::getId)
                    .allSatisfy(id -> {
                        assertThat(id.getTags()).extracting(Tag::getKey).containsExactlyElementsOf(meter.tags());
                        assertThat(id.getDescription()).isEqualTo(meter.description());
                    });
        }
    }

    @Test
    void committedEventsAreCountedByTypeWithTheirSize() {
        double notes = events("NoteTaken");
        double drafts = events("DraftSaved");
        DistributionSummary sizes =
                registry.get("outbox.capture.payload").tag("type", "NoteTaken").summary();
        double bytes = sizes.totalAmount();
        transaction.executeWithoutResult(status -> {
            outbox.publish(new NoteTaken("n", "one"));
            outbox.publish(new NoteTaken("n", "two"));
            outbox.publish(new DraftSaved("d", 1));
        });
        assertThat(events("NoteTaken")).isEqualTo(notes + 2);
        assertThat(events("DraftSaved")).isEqualTo(drafts + 1);
        assertThat(sizes.totalAmount()).isEqualTo(bytes + 2 * "{\"noteId\":\"n\",\"text\":\"one\"}".length());
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        double before = events("NoteTaken");
        transaction.executeWithoutResult(status -> {
            outbox.publish(new NoteTaken("n", "never"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> {
            Object savepoint = status.createSavepoint();
            outbox.publish(new NoteTaken("n", "never"));
            status.rollbackToSavepoint(savepoint);
        });
        assertThat(events("NoteTaken")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void anEventThatIsRefusedIsCountedByTheReason(RefusalReason reason) {
        double all = registry.get("outbox.capture.refused").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        double before = refused(reason);
        beRefused(reason);
        assertThat(refused(reason)).isEqualTo(before + 1);
        assertThat(registry.get("outbox.capture.refused").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(all + 1);
    }

    private void beRefused(RefusalReason reason) {
        switch (reason) {
            case UNDECLARED -> inTransaction(status -> outbox.publish("a plain string"));
            case NO_TRANSACTION -> refused(() -> outbox.publish(new NoteTaken("n", "x")));
            case READ_ONLY -> {
                TransactionTemplate readOnly = new TransactionTemplate(transactionManager);
                readOnly.setReadOnly(true);
                refused(() -> readOnly.executeWithoutResult(status -> outbox.publish(new NoteTaken("n", "x"))));
            }
            case FOREIGN_TRANSACTION -> {
                TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(dataSource));
                refused(() -> foreign.executeWithoutResult(status -> outbox.publish(new NoteTaken("n", "x"))));
            }
            case TOO_LATE ->
                transaction.executeWithoutResult(status -> afterwards(
                        committed -> refused(() -> outbox.publish(new NoteTaken("n", "x"))), committing -> {}));
            case ROLLBACK_ONLY ->
                inTransaction(status -> {
                    outbox.publish(new NoteTaken("n", "x"));
                    afterwards(committed -> {}, committing -> status.setRollbackOnly());
                });
            case AGGREGATE_ID -> inTransaction(status -> outbox.publish(new NoteTaken(null, "x")));
            case AGGREGATE_SEQUENCE -> inTransaction(status -> outbox.publish(new DraftSaved("d", 0)));
            case PAYLOAD -> inTransaction(status -> outbox.publish(new Unwritable("n")));
            case TOO_LARGE -> inTransaction(status -> outbox.publish(new NoteTaken("n", "x".repeat(200))));
            case HEADER -> inTransaction(status -> outbox.publish(new NoteTaken("n", "header")));
            case FORGOTTEN -> inTransaction(status -> outbox.publish(new PersonNoted("n", "Ann")));
            case PROJECTION ->
                inTransaction(status ->
                        EventsRefused.during("a projection", () -> outbox.publish(new NoteTaken("n", "projected"))));
        }
    }

    private void inTransaction(Consumer<TransactionStatus> work) {
        refused(() -> transaction.executeWithoutResult(work));
    }

    private static void refused(Runnable work) {
        assertThatExceptionOfType(EventRefusedException.class).isThrownBy(work::run);
    }

    private static void afterwards(Consumer<Boolean> committed, Consumer<Boolean> committing) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

            @Override
            public void beforeCommit(boolean readOnly) {
                committing.accept(true);
            }

            @Override
            public void afterCommit() {
                committed.accept(true);
            }
        });
    }

    private double events(String type) {
        return registry.get("outbox.capture.events").tag("type", type).counter().count();
    }

    private double refused(RefusalReason reason) {
        return registry.get("outbox.capture.refused")
                .tag("reason", NamedMeter.tagValue(reason))
                .counter()
                .count();
    }

    @DomainEvent(type = "NoteTaken", aggregate = "Note")
    record NoteTaken(@AggregateId @Nullable String noteId, String text) {}

    @DomainEvent(type = "DraftSaved", aggregate = "Draft")
    record DraftSaved(
            @AggregateId String draftId, @AggregateSequence int number) {}

    @DomainEvent(type = "PersonNoted", aggregate = "Note")
    record PersonNoted(
            @AggregateId String noteId, @Personal @Nullable String name) {}

    @DomainEvent(type = "Unwritable", aggregate = "Note")
    record Unwritable(@AggregateId String noteId) {

        public String getShortId() {
            return Objects.requireNonNull(noteId).substring(100);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import(TestPostgres.class)
    static class NotesApplication {

        @Bean
        SubjectKeys everybodyIsForgotten() {
            return new SubjectKeys() {
                @Override
                public SubjectKey current(String subject) {
                    throw new SubjectForgottenException(subject);
                }

                @Override
                public Optional<SubjectKey> find(String subject, String id) {
                    return Optional.empty();
                }

                @Override
                public void forget(String subject) {}
            };
        }

        @Bean
        EventHeadersCustomizer unfit() {
            return (event, headers) -> {
                if (event instanceof NoteTaken note && note.text().equals("header")) {
                    headers.put("", "x");
                }
            };
        }
    }
}
