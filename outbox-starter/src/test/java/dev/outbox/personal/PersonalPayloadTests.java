package dev.outbox.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.domain.Personal;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.InvalidDomainEventException;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.producer.internal.downcast.DowncastAutoConfiguration;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.downcast.WrittenPayload;
import dev.outbox.upcast.UnreadablePayloadException;
import dev.outbox.upcast.Upcaster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.QueryTimeoutException;
import tools.jackson.databind.node.ObjectNode;

/** What is encrypted by whoever raises an event, and what of it each service reads. */
class PersonalPayloadTests {

    private static final UUID ID = UUID.fromString("019c1d2e-0000-7000-8000-000000000001");
    private static final Letter LETTER = new Letter("l-1", "ann", 12, "Dear Ann");

    private final MemorySubjectKeys keys = new MemorySubjectKeys();

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    FormatAutoConfiguration.class,
                    UpcastAutoConfiguration.class,
                    DowncastAutoConfiguration.class))
            .withAllowBeanDefinitionOverriding(true)
            .withBean("types", DomainEventTypes.class, () -> types(Letter.class, Note.class, Unwrapped.class));

    private final ApplicationContextRunner withKeys = service.withBean(SubjectKeys.class, () -> keys);

    @Test
    void whoHasTheKeyReadsWhatWasRaised() {
        WrittenPayload written = write(withKeys, LETTER);

        assertThat(written.payload().text()).contains("ann", "12").doesNotContain("Dear");
        assertThat(written.headers()).containsExactly(Map.entry("outbox-personal", "{\"words\":\"ann\"}"));
        assertThat(read(withKeys, written)).isEqualTo(LETTER);
    }

    @Test
    void theNamesAreThoseOfTheMapper() {
        ApplicationContextRunner shouting =
                withKeys.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_SNAKE_CASE");
        WrittenPayload written = write(shouting, LETTER);

        assertThat(written.payload().text()).contains("\"WORDS\"").doesNotContain("Dear");
        assertThat(read(shouting, written)).isEqualTo(LETTER);
    }

    @Test
    void theSameValueNeverLooksTheSame() {
        assertThat(write(withKeys, LETTER).payload())
                .isNotEqualTo(write(withKeys, LETTER).payload());
    }

    @Test
    void aConsumerWithoutKeysAndOneWhoseKeyIsGoneFindNull() {
        WrittenPayload written = write(withKeys, LETTER);

        assertThat(read(service, written)).isEqualTo(new Letter("l-1", "ann", 12, null));

        keys.forget("ann");
        assertThat(read(withKeys, written)).isEqualTo(new Letter("l-1", "ann", 12, null));
    }

    @Test
    void keysThatCannotBeAskedForMakeNoPayloadUnreadable() {
        WrittenPayload written = write(withKeys, LETTER);
        keys.away = new QueryTimeoutException("the database is away");

        assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> read(withKeys, written));
    }

    @Test
    void stepsSeeWhatWasRaised() {
        WrittenPayload written = write(withKeys, new Note("n-1", "Dear Ann"));

        ApplicationContextRunner later = withKeys.withBean(Shortening.class)
                .withBean("types", DomainEventTypes.class, () -> types(LaterNote.class));
        assertThat(read(later, written)).isEqualTo(new LaterNote("n-1", "Dear"));

        keys.forget("n-1");
        assertThat(read(later, written)).isEqualTo(new LaterNote("n-1", null));
    }

    @Test
    void aTextThatOnlyLooksEncryptedIsLeftAlone() {
        WrittenPayload written = write(withKeys, LETTER);
        String looksLikeIt = written.payload().text().replaceAll(".*\"words\":\"([^\"]*)\".*", "$1");
        Letter letter = new Letter("l-2", looksLikeIt, 1, null);

        assertThat(read(withKeys, write(withKeys, letter))).isEqualTo(letter);
    }

    @Test
    void aWholePayloadNeedsAKey() {
        ApplicationContextRunner encrypting = withKeys.withPropertyValues("outbox.encryption.types=Letter");
        WrittenPayload written = write(encrypting, LETTER);

        assertThat(written.payload().contentType()).isEqualTo("application/vnd.outbox.encrypted");
        assertThat(written.payload().text()).doesNotContain("ann", "Dear");
        assertThat(read(withKeys, written))
                .as("the setting is for whoever raises")
                .isEqualTo(LETTER);
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(service, written))
                .withStackTraceContaining("there is no key of 'type:Letter' here");
    }

    @Test
    void nothingIsRaisedInTheClear() {
        assertThatIllegalStateException()
                .isThrownBy(() -> write(service, LETTER))
                .withMessageContaining("add outbox-eventstore, or declare a bean of type SubjectKeys");
        assertThatIllegalStateException()
                .isThrownBy(() -> write(withKeys, new Unwrapped("u-1", new Unwrapped.Flat("Ann"))))
                .withMessageContaining("its payload has no member of its own for @Personal 'part'");
        assertThatIllegalStateException()
                .isThrownBy(() -> write(withKeys, new Letter("l-3", null, 1, "Dear nobody")))
                .withMessageContaining("it does not say whose data @Personal 'words' is");
    }

    @Test
    void whatCannotBeEncryptedStopsTheStart() {
        withKeys.withPropertyValues("outbox.encryption.types=Lettre")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasMessage("outbox.encryption.types names Lettre, but no class declares it"));
    }

    @ParameterizedTest
    @CsvSource({
        "Primitive, must be able to hold nothing",
        "NotNullable, must be able to hold nothing",
        "NoSuchSubject, 'has no such member'",
        "PersonalSubject, which is personal itself",
        "ListedSubject, whose text does not identify it",
        "Nested, it is only a part of",
    })
    void aDeclarationThatCouldNotBeKeptIsRefused(String name, String message) throws ClassNotFoundException {
        Class<?> refused = Class.forName(getClass().getName() + "$" + name);

        assertThatExceptionOfType(InvalidDomainEventException.class)
                .isThrownBy(() -> types(refused))
                .withMessageContaining(message)
                .withMessageContaining(refused.getName());
    }

    @Test
    void aKeyHas256Bits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubjectKey.of("short", new byte[16]))
                .withMessageContaining("AES-256 needs 32");
        assertThat(SubjectKey.of("k", new byte[32])).hasToString("key k");
    }

    private static WrittenPayload write(ApplicationContextRunner service, Object event) {
        AtomicReference<WrittenPayload> written = new AtomicReference<>();
        service.run(context -> {
            PayloadWriter writer = context.getBean(PayloadWriter.class);
            DomainEventType type = typeOf(context.getBean(DomainEventTypes.class), event.getClass());
            written.set(writer.encrypt(type, event, ID, writer.write(type, event)));
        });
        return Objects.requireNonNull(written.get());
    }

    private static Object read(ApplicationContextRunner service, WrittenPayload written) {
        AtomicReference<Object> read = new AtomicReference<>();
        service.run(context -> {
            DomainEventTypes types = context.getBean(DomainEventTypes.class);
            read.set(context.getBean(Upcasters.class)
                    .readerFor(types.all())
                    .read(new EncodedEvent(ID.toString(), written.type(), written.payload(), written.headers()))
                    .get(0)
                    .event());
        });
        return Objects.requireNonNull(read.get());
    }

    private static DomainEventTypes types(Class<?>... declared) {
        return DomainEventTypes.of(List.of(declared), new OutboxProperties(true, List.of(), Map.of()));
    }

    private static DomainEventType typeOf(DomainEventTypes types, Class<?> event) {
        return types.find(event).orElseThrow();
    }

    @DomainEvent(type = "Letter", aggregate = "Letter")
    record Letter(
            @AggregateId String id,
            @Nullable String to,
            int pages,
            @Personal(subject = "to") @Nullable String words) {}

    @DomainEvent(type = "Note", aggregate = "Note")
    record Note(@AggregateId String id, @Personal @Nullable String text) {}

    @DomainEvent(type = "Note", version = 2, aggregate = "Note")
    record LaterNote(@AggregateId String id, @Nullable String firstWord) {}

    @DomainEvent(type = "Unwrapped", aggregate = "Note")
    record Unwrapped(
            @AggregateId String id,
            @Personal @JsonUnwrapped @Nullable Flat part) {

        record Flat(String name) {}
    }

    static class Shortening {

        @Upcaster(type = "Note", from = 1)
        ObjectNode firstWord(ObjectNode note) {
            String text = note.remove("text").stringValue(null);
            return note.put("firstWord", text == null ? null : text.substring(0, 4));
        }
    }

    @DomainEvent(type = "Refused", version = 1, aggregate = "Refused")
    record Primitive(@AggregateId String id, @Personal int age) {}

    @DomainEvent(type = "Refused", version = 2, aggregate = "Refused")
    record NotNullable(@AggregateId String id, @Personal String name) {}

    @DomainEvent(type = "Refused", version = 3, aggregate = "Refused")
    record NoSuchSubject(
            @AggregateId String id,
            @Personal(subject = "customer") @Nullable String name) {}

    @DomainEvent(type = "Refused", version = 4, aggregate = "Refused")
    record PersonalSubject(
            @AggregateId String id,
            @Personal @Nullable String mail,
            @Personal(subject = "mail") @Nullable String name) {}

    @DomainEvent(type = "Refused", version = 5, aggregate = "Refused")
    record ListedSubject(
            @AggregateId String id,
            List<String> people,
            @Personal(subject = "people") Optional<String> name) {}

    @DomainEvent(type = "Refused", version = 6, aggregate = "Refused")
    record Nested(@AggregateId String id, List<Part> parts) {

        record Part(@Personal @Nullable String name) {}
    }
}
