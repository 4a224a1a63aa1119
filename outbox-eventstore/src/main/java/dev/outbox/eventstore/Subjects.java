package dev.outbox.eventstore;

/**
 * The people whose data is encrypted in events: whoever the members annotated with {@code @Personal} are about. Thread-safe.
 *
 * <p>Each method joins the current transaction, or has one of its own if there is none.
 *
 * @since 0.1.0
 */
public interface Subjects {

    /**
     * Forgets a subject, for good: with the commit, its keys are gone, so that nobody can read what they have encrypted, wherever
     * it is. Snapshots with its data are dropped. Projections that handle personal events are rebuilt after the commit. Handlers,
     * aggregates and consumers find null in the place of its data.
     *
     * <p>Waits for transactions that are storing data of the subject. Afterwards, an event with data of it is refused by an {@code
     * EventRefusedException}. A subject that is unknown so far, or was forgotten before, is forgotten as well.
     *
     * @param subject as the events name it: 1 to 255 characters
     */
    void forget(String subject);

    /** {@return whether a subject was forgotten} */
    boolean isForgotten(String subject);

    /**
     * Gives a subject a new key, under which its data is encrypted from now on. Its earlier keys still read what they have
     * encrypted. A type that {@code outbox.encryption.types} names has keys as well: those of the subject {@code type:} and its name.
     *
     * @throws IllegalArgumentException if the subject is unknown
     * @throws dev.outbox.personal.SubjectForgottenException if it was forgotten
     * @throws UnsupportedOperationException if a bean of the service keeps the keys
     */
    void rotateKey(String subject);
}
