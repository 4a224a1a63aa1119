package dev.outbox.producer.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.bank.OutboxRows;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.producer.EventHeadersCustomizer;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import dev.outbox.unmarked.PriceChanged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is wrong with an event is said to whoever raises it, and the transaction may go on. */
@SpringBootTest(
        properties = {
            "outbox.packages=dev.outbox.producer.refusal,dev.outbox.unmarked",
            "outbox.capture.max-payload-size=200B"
        })
class RefusalIT {

    private static final Map<String, Map<String, String>> UNFIT = Map.of(
            "null-header", Collections.singletonMap("extra", null),
            "nul-header", Map.of("extra", "a\0b"),
            "half-header", Map.of("extra", "x\uD83D"),
            "unnamed-header", Map.of("", "x"));

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    private final TransactionTemplate transaction;

    @Autowired
    RefusalIT(PlatformTransactionManager transactionManager) {
        transaction = new TransactionTemplate(transactionManager);
    }

    @BeforeEach
    void clear() {
        rows.clear();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unfitEvents")
    void refusesAnUnfitEventAndStoresTheOthersOfTheTransaction(Object event, String problem, String fix) {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new NoteTaken("n", "before"));
            assertThatExceptionOfType(EventRefusedException.class)
                    .isThrownBy(() -> outbox.publish(event))
                    .withMessageContaining(event.getClass().getName())
                    .withMessageContaining(problem)
                    .withMessageContaining(fix);
            outbox.publish(new NoteTaken("n", "after"));
        });
        assertThat(rows.payloads())
                .containsExactly("{\"noteId\":\"n\",\"text\":\"before\"}", "{\"noteId\":\"n\",\"text\":\"after\"}");
    }

    static Stream<Arguments> unfitEvents() {
        return Stream.of(
                Arguments.of(new NoteTaken(null, "x"), "aggregate id that is null", "Assign the id"),
                Arguments.of(new NoteTaken(" ", "x"), "id is blank", "1 to 255 characters"),
                Arguments.of(
                        new NoteTaken("n", "x".repeat(200)),
                        "more than outbox.capture.max-payload-size of 200",
                        "reference"),
                Arguments.of(new PriceChanged("x"), "marks no aggregate id", "@AggregateId"),
                Arguments.of(new DraftSaved("d", null), "aggregate sequence that is null", "before it is raised"),
                Arguments.of(
                        new DraftSaved("d", 0), "aggregate sequence 0, but the first event", "before it is raised"),
                Arguments.of(new Unwritable("n"), "cannot be serialised", "plain value"),
                Arguments.of(new NoteTaken("a\0b", "x"), "Aggregate id has a NUL character", "without NUL"),
                Arguments.of(new NoteTaken("x\uD83D", "x"), "half of a surrogate pair", "Give the aggregate an id"),
                Arguments.of(
                        new NoteTaken("n", "null-header"), "a header 'extra' with the value 'null'", "leave it out"),
                Arguments.of(
                        new NoteTaken("n", "nul-header"), "Header 'extra' has a NUL character", "Encode the value"),
                Arguments.of(new NoteTaken("n", "half-header"), "Header 'extra' has half of a", "Encode the value"),
                Arguments.of(new NoteTaken("n", "unnamed-header"), "a header ''", "leave it out"),
                Arguments.of(new Inheriting("n"), "only a supertype", "with its own type"),
                Arguments.of(new Implementing("n"), "only a supertype", "with its own type"),
                Arguments.of("a plain string", "is not a declared domain event", "@DomainEvent"));
    }

    @ParameterizedTest
    @MethodSource("inheritingEvents")
    void anEventThatInheritsItsDeclarationIsNotPassedOverInSilence(
            Object event, @Autowired ApplicationEventPublisher publisher) {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> publisher.publishEvent(event)))
                .withMessageContaining("Annotate the class itself");
    }

    static Stream<Object> inheritingEvents() {
        return Stream.of(new Inheriting("n"), new Implementing("n"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEventIsToldThatItComesAfterTheCommit(boolean afterCompletion) {
        List<String> refused = new ArrayList<>();
        transaction.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        if (!afterCompletion) {
                            raise();
                        }
                    }

                    @Override
                    public void afterCompletion(int status) {
                        if (afterCompletion) {
                            raise();
                        }
                    }

                    private void raise() {
                        try {
                            outbox.publish(new NoteTaken("n", "late"));
                        } catch (EventRefusedException e) {
                            refused.add(String.valueOf(e.getMessage()));
                        }
                    }
                }));
        assertThat(refused)
                .singleElement()
                .asString()
                .contains("committing or after that")
                .contains("REQUIRES_NEW");
    }

    @Test
    void whatCompletesATransactionMayRaiseEventsInOneOfItsOwn() {
        TransactionTemplate newTransaction =
                new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public int getOrder() {
                        return Ordered.HIGHEST_PRECEDENCE;
                    }

                    @Override
                    public void afterCompletion(int status) {
                        newTransaction.executeWithoutResult(inside -> outbox.publish(new NoteTaken("n", "of its own")));
                    }
                }));
        assertThat(rows.payloads()).containsExactly("{\"noteId\":\"n\",\"text\":\"of its own\"}");
    }

    @Test
    void refusesAnEventInATransactionOfAManagerThatIsNoBean(@Autowired DataSource dataSource) {
        TransactionTemplate elsewhere = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> elsewhere.executeWithoutResult(status -> outbox.publish(new NoteTaken("n", "x"))))
                .withMessageContaining("does not take part in")
                .withMessageContaining("must be a bean");
    }

    @DomainEvent(type = "NoteTaken", aggregate = "Note")
    record NoteTaken(@AggregateId @Nullable String noteId, String text) {}

    @DomainEvent(type = "DraftSaved", aggregate = "Draft")
    record DraftSaved(
            @AggregateId String draftId,
            @AggregateSequence @Nullable Integer number) {}

    @DomainEvent(type = "Inherited", aggregate = "Note")
    static class Inherited {

        @AggregateId
        private final String noteId;

        Inherited(String noteId) {
            this.noteId = noteId;
        }

        public String getNoteId() {
            return noteId;
        }
    }

    static final class Inheriting extends Inherited {

        Inheriting(String noteId) {
            super(noteId);
        }
    }

    @DomainEvent(type = "Implemented", aggregate = "Note")
    interface Implemented {

        @AggregateId
        String noteId();
    }

    record Implementing(String noteId) implements Implemented {}

    @DomainEvent(type = "Unwritable", aggregate = "Note")
    record Unwritable(@AggregateId String noteId) {

        public String getShortId() {
            return noteId.substring(100);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestPostgres.class, OutboxRows.class})
    static class NotesApplication {

        @Bean
        EventHeadersCustomizer tenant() {
            return (event, headers) -> headers.put("tenant", "t1");
        }

        @Bean
        EventHeadersCustomizer unfit() {
            return (event, headers) -> {
                if (event instanceof NoteTaken note && note.text().endsWith("-header")) {
                    headers.putAll(UNFIT.get(note.text()));
                }
            };
        }
    }
}
