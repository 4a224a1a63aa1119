package dev.outbox.eventstore.internal.subject;

import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKey;
import dev.outbox.schema.OutboxTables;
import java.util.Optional;
import javax.sql.DataSource;

/** The tables of subjects and their keys. Everything joins the transaction that is bound to the data source. Thread-safe. */
public interface SubjectRows {

    /**
     * Makes whoever forgets the subject wait for the end of the transaction.
     *
     * @throws SubjectForgottenException if it was forgotten
     */
    void admit(String subject);

    /** {@return those in PostgreSQL} */
    static SubjectRows postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcSubjects(dataSource, tables);
    }

    /**
     * {@return the latest key of a subject, which gets its first one now if it has none} The subject cannot be forgotten before the
     * transaction ends.
     *
     * @throws SubjectForgottenException if it was
     */
    SubjectKey current(String subject);

    /**
     * {@return a key; empty if the subject was forgotten}
     *
     * @throws dev.outbox.upcast.UnreadablePayloadException if the key is missing although the subject was not forgotten
     */
    Optional<SubjectKey> find(String subject, String id);

    /** {@return whether a subject was forgotten} */
    boolean isForgotten(String subject);

    /** Notes that a subject is forgotten, after transactions that store data of it. */
    void markForgotten(String subject);

    /** Deletes all keys of a subject. */
    void deleteKeys(String subject);

    /**
     * Adds a key to those of a subject.
     *
     * @throws IllegalArgumentException if the subject is unknown
     * @throws SubjectForgottenException if it was forgotten
     */
    void addKey(String subject);
}
