package dev.outbox.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.Subjects;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import dev.outbox.eventstore.internal.subject.ForgettableSubjects;
import dev.outbox.eventstore.internal.subject.OnForgetting;
import dev.outbox.eventstore.internal.subject.StoredSubjectKeys;
import dev.outbox.eventstore.internal.subject.SubjectRows;
import dev.outbox.eventstore.projection.Projections;
import dev.outbox.people.PersonRegistered.Address;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import dev.outbox.schema.OutboxTables;
import dev.outbox.upcast.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.AEADBadTagException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From the first personal member to a forgotten subject, in a service with streams, snapshots and a projection. */
@SpringBootTest(
        classes = PeopleApplication.class,
        properties = {
            "outbox.packages=dev.outbox.people",
            "outbox.eventstore.stored=Parcel,Report",
            "outbox.encryption.types=ReportFiled",
            "outbox.eventstore.key-cache.time-to-live=1h"
        })
class ForgettingIT {

    private static final String ADA = "Ada Lovelace";
    private static final String BOOK = "address_book";

    @Autowired
    EventStore store;

    @Autowired
    EventSourcedRepository<Person> people;

    @Autowired
    Subjects subjects;

    @Autowired
    Farewell farewell;

    @Autowired
    Outbox outbox;

    @Autowired
    Projections projections;

    @Autowired
    List<OnForgetting> others;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager manager;

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private final String id = UUID.randomUUID().toString();
    private final AggregateRef person = new AggregateRef("Person", id);

    @BeforeEach
    void connect() {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(manager);
    }

    @Test
    void personalDataIsStoredForNobodyToReadAndLoadedAsItWas() {
        PersonRegistered event = new PersonRegistered(id, "GB", ADA, Optional.of(new Address("St James's Square", 12)));
        append(event);

        assertThat(payload(person, 1)).contains(id, "GB").doesNotContain("Ada", "James", "12");
        assertThat(store.read(person)).extracting(StoredEvent::event).containsExactly(event);
    }

    @Test
    void aMemberThatIsNullStaysNullAndNeedsNoKey() {
        append(new PersonRegistered(id, "GB", null, Optional.empty()));

        assertThat(payload(person, 1)).contains("\"name\":null");
        assertThat(keys(id)).isZero();
    }

    @Test
    void aForgottenSubjectLeavesNothingInItsEvents() {
        append(new PersonRegistered(id, "GB", ADA, Optional.of(new Address("St James's Square", 12))));
        assertThat(people.load(id).get().name()).isEqualTo(ADA);

        farewell.to(id);

        assertThat(subjects.isForgotten(id)).isTrue();
        assertThat(keys(id)).isZero();
        assertThat(people.load(id).get()).isEqualTo(new Person(id, "GB", null));
        assertThat(store.read(person))
                .extracting(StoredEvent::event)
                .containsExactly(new PersonRegistered(id, "GB", null, Optional.empty()));
    }

    @Test
    void nothingIsForgottenByATransactionThatIsRolledBack() {
        append(new PersonRegistered(id, "GB", ADA, Optional.empty()));

        transaction.executeWithoutResult(status -> {
            subjects.forget(id);
            assertThat(people.load(id).get().name()).isNull();
            status.setRollbackOnly();
        });

        assertThat(subjects.isForgotten(id)).isFalse();
        assertThat(people.load(id).get().name()).isEqualTo(ADA);
    }

    @Test
    void aKeyOfATransactionThatIsRolledBackEncryptsNothingLater() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new PersonRegistered(id, "GB", "somebody", Optional.empty()));
            assertThat(people.load(id).get().name()).isEqualTo("somebody");
            status.setRollbackOnly();
        });

        append(new PersonRegistered(id, "GB", ADA, Optional.empty()));

        assertThat(people.load(id).get().name()).isEqualTo(ADA);
    }

    @Test
    void laterDataOfAForgottenSubjectIsRefusedAndOtherEventsAreNot() {
        append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        subjects.forget(id);

        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> append(new PersonRegistered(id, "GB", ADA, Optional.empty())))
                .withMessageContaining("'" + id + "' was forgotten")
                .withCauseInstanceOf(SubjectForgottenException.class);
        append(new PersonMoved(id, "FR"));

        assertThat(people.load(id).get()).isEqualTo(new Person(id, "FR", null));
        assertThat(keys(id)).isZero();
    }

    @Test
    void whoIsForgottenBeforeAnythingIsKnownStaysForgotten() {
        subjects.forget(id);

        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> append(new PersonRegistered(id, "GB", ADA, Optional.empty())));
    }

    @Test
    void eachMemberBelongsToItsOwnSubject() {
        UUID parcel = UUID.randomUUID();
        String sender = "s" + id;
        AggregateRef stream = new AggregateRef("Parcel", parcel.toString());
        append(new ParcelSent(parcel, sender, id, "Babbage", ADA), stream);

        subjects.forget(id);

        assertThat(payload(stream, 1)).doesNotContain("Babbage", ADA);
        assertThat(store.read(stream))
                .extracting(StoredEvent::event)
                .containsExactly(new ParcelSent(parcel, sender, id, "Babbage", null));
    }

    @Test
    void encryptedDataCannotBeMovedToAnotherEvent() {
        AggregateRef stream = send("Mister A");
        send("Mister B");
        jdbc.sql("""
                        update outbox_event_stored
                        set payload = (
                            select payload from outbox_event_stored where aggregateid = :id and aggregate_seq = 2)
                        where aggregateid = :id and aggregate_seq = 1
                        """).param("id", id).update();

        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> store.read(stream))
                .withRootCauseInstanceOf(AEADBadTagException.class);
    }

    @Test
    void encryptedDataCannotBeMovedToAnotherMember() {
        AggregateRef stream = send("Mister A");
        jdbc.sql("""
                        update outbox_event_stored
                        set payload = convert_to(
                                replace(replace(replace(convert_from(payload, 'UTF8'), '"from"', '"x"'), '"to"', '"from"'), '"x"', '"to"'),
                                'UTF8')
                        where aggregateid = :id
                        """).param("id", id).update();

        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> store.read(stream))
                .withRootCauseInstanceOf(AEADBadTagException.class);
    }

    @Test
    void aKeyThatIsMissingIsNoForgottenSubject() {
        AggregateRef stream = send("Mister A");
        jdbc.sql("delete from outbox_subject_key where subject = :id")
                .param("id", id)
                .update();

        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> store.read(stream))
                .withStackTraceContaining("is missing in outbox_subject_key");
    }

    private AggregateRef send(String from) {
        AggregateRef stream = new AggregateRef("Parcel", id);
        append(new ParcelSent(UUID.fromString(id), id, id, from, ADA), stream);
        return stream;
    }

    @Test
    void forgettingWaitsForDataThatIsBeingStored() throws Exception {
        append(new PersonRegistered(id, "GB", "Augusta", Optional.empty()));
        CompletableFuture<Void> forgetting = Objects.requireNonNull(transaction.execute(status -> {
            outbox.publish(new PersonRegistered(id, "GB", ADA, Optional.empty()));
            assertThat(people.load(id).get().name()).isEqualTo(ADA);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> subjects.forget(id));
            await().atMost(Patience.LIMIT)
                    .until(() -> waiting.isDone() || WaitingSessions.of(DatabaseKind.POSTGRESQL, dataSource) > 0);
            assertThat(waiting).isNotDone();
            return waiting;
        }));
        forgetting.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(subjects.isForgotten(id)).isTrue();
        assertThat(people.load(id).get().name()).isNull();
    }

    @Test
    void aSnapshotIsEncryptedAndDropped() {
        append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        people.execute(id, any -> List.of(new PersonMoved(id, "FR")));

        assertThat(snapshots()).hasSize(1).noneMatch(state -> state.contains("Ada") || state.contains("FR"));
        assertThat(people.load(id).get()).isEqualTo(new Person(id, "FR", ADA));

        subjects.forget(id);

        assertThat(snapshots()).isEmpty();
    }

    @Test
    void noSnapshotIsTakenOfWhatWasForgottenMeanwhile() {
        append(new PersonRegistered(id, "GB", ADA, Optional.empty()));

        people.execute(id, loaded -> {
            assertThat(loaded).extracting(Person::name).isEqualTo(ADA);
            CompletableFuture.runAsync(() -> subjects.forget(id)).join();
            return List.of(new PersonMoved(id, "FR"));
        });

        assertThat(snapshots()).hasSize(1).allMatch(state -> state.contains("FR") && !state.contains("Ada"));
        assertThat(people.load(id).get()).isEqualTo(new Person(id, "FR", null));
    }

    @Test
    void earlierKeysReadWhatTheyHaveEncrypted() {
        AggregateRef stream = send("Mister A");
        subjects.rotateKey(id);
        send("Mister B");

        assertThat(keys(id)).isEqualTo(2);
        assertThat(senders(stream, 0)).containsExactly("Mister A", "Mister B");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subjects.rotateKey("nobody"))
                .withMessageContaining("nobody");
    }

    @Test
    void whatIsNewIsEncryptedUnderTheLatestKey() {
        AggregateRef stream = send("Mister A");
        subjects.rotateKey(id);
        send("Mister B");
        jdbc.sql("delete from outbox_subject_key where subject = :id and version = 1")
                .param("id", id)
                .update();

        assertThat(senders(stream, 1)).containsExactly("Mister B");
    }

    @Test
    void aWholePayloadIsEncryptedUnderKeysOfItsType() {
        AggregateRef stream = new AggregateRef("Report", id);
        append(new ReportFiled(id, "secret"), stream);
        subjects.rotateKey("type:ReportFiled");
        append(new ReportFiled(id, "again"), stream);

        assertThat(payload(stream, 1)).doesNotContain("secret", "report", id);
        assertThat(store.read(stream))
                .extracting(StoredEvent::event)
                .containsExactly(new ReportFiled(id, "secret"), new ReportFiled(id, "again"));
    }

    @Test
    void aProjectionIsRebuiltAndItsOldTablesAreDropped() {
        Appended appended = append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        assertThat(projections.await(BOOK, appended, Patience.LIMIT)).isTrue();
        assertThat(namesInBook()).containsExactly(ADA);
        int before = projections.status(BOOK).serving().generation();

        subjects.forget(id);

        await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(projections.status(BOOK).serving().generation()).isGreaterThan(before);
            assertThat(namesInBook()).containsExactly((String) null);
            assertThat(projections.status(BOOK).canRollBack()).isFalse();
            assertThat(jdbc.sql("select count(*) from pg_tables where tablename = 'person'")
                            .query(Long.class)
                            .single())
                    .as("copies of the table")
                    .isOne();
        });
    }

    @Test
    void whatAnotherInstanceHasForgottenIsRememberedForATimeButNothingThatLastsIsMadeOfIt() {
        Appended appended = append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        assertThat(projections.await(BOOK, appended, Patience.LIMIT)).isTrue();
        assertThat(people.load(id).get().name()).isEqualTo(ADA);

        anotherInstance().forget(id);

        assertThat(people.load(id).get().name())
                .as("for as long as keys are remembered, here for an hour")
                .isEqualTo(ADA);
        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(namesInBook()).containsExactly((String) null));
        people.execute(id, any -> List.of(new PersonMoved(id, "FR")));
        assertThat(snapshots()).hasSize(1).noneMatch(state -> state.contains("Ada"));
    }

    @Test
    void whoIsForgottenDuringARebuildIsNotInWhatServesInTheEnd() {
        Appended appended = append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        assertThat(projections.await(BOOK, appended, Patience.LIMIT)).isTrue();

        subjects.forget("somebody else " + id);
        subjects.forget(id);
        subjects.forget("one more " + id);

        await().atMost(Patience.LIMIT).untilAsserted(() -> {
            assertThat(jdbc.sql("""
                                    select count(*)
                                    from outbox_projection join outbox_projection_generation as begun on projection = name
                                    where state in ('SERVING', 'BUILDING', 'RETIRED')
                                        and begun.erasures < outbox_projection.erasures
                                    """).query(Long.class).single())
                    .as("generations that were begun before")
                    .isZero();
            assertThat(namesInBook()).containsExactly((String) null);
        });
    }

    /** Its process had no time to begin the rebuild. */
    @Test
    void whoCrashesAfterTheCommitLeavesTheRebuildToOthers() {
        Appended appended = append(new PersonRegistered(id, "GB", ADA, Optional.empty()));
        assertThat(projections.await(BOOK, appended, Patience.LIMIT)).isTrue();
        transaction.executeWithoutResult(status -> {
            new ForgettableSubjects(rows(), keys(), List::of, () -> manager).forget(id);
            jdbc.sql("update outbox_projection set erasures = erasures + 1").update();
        });

        await().atMost(Patience.LIMIT)
                .untilAsserted(() -> assertThat(namesInBook()).containsExactly((String) null));
    }

    private SubjectRows rows() {
        return SubjectRows.postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    private StoredSubjectKeys keys() {
        return new StoredSubjectKeys(rows(), 10, Duration.ofHours(1), System::nanoTime);
    }

    private Subjects anotherInstance() {
        return new ForgettableSubjects(rows(), keys(), () -> others, () -> manager);
    }

    private List<String> senders(AggregateRef stream, long after) {
        return store.read(stream, after).stream()
                .map(event -> ((ParcelSent) event.event()).from())
                .toList();
    }

    private List<String> namesInBook() {
        return jdbc.sql("select name from person where id = :id")
                .param("id", id)
                .query(String.class)
                .list();
    }

    private Appended append(Object event) {
        return append(event, person);
    }

    private Appended append(Object event, AggregateRef stream) {
        return transaction.execute(status -> store.append(stream, ExpectedVersion.any(), List.of(event)));
    }

    private String payload(AggregateRef stream, long version) {
        byte[] payload = jdbc.sql(
                        "select payload from outbox_event_stored where aggregatetype = :type and aggregateid = :id and aggregate_seq = :version")
                .param("type", stream.type())
                .param("id", stream.id())
                .param("version", version)
                .query(byte[].class)
                .single();
        return new String(payload, StandardCharsets.UTF_8);
    }

    private List<String> snapshots() {
        return jdbc
                .sql("select state from outbox_snapshot where aggregateid = :id")
                .param("id", id)
                .query(byte[].class)
                .list()
                .stream()
                .map(state -> new String(state, StandardCharsets.UTF_8))
                .toList();
    }

    private long keys(String subject) {
        return jdbc.sql("select count(*) from outbox_subject_key where subject = :subject")
                .param("subject", subject)
                .query(Long.class)
                .single();
    }
}
