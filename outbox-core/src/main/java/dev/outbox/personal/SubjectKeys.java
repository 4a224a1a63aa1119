package dev.outbox.personal;

import java.util.Optional;

/**
 * The keys under which personal data is encrypted. {@code outbox-eventstore} brings keys in a table. A bean of this type replaces
 * it, for example to keep keys elsewhere, and lets services without an event store use {@code @Personal}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface SubjectKeys {

    /**
     * {@return the key under which new data of a subject is encrypted; a new subject gets one} Called in the transaction that raises
     * an event. If that is rolled back, nothing was encrypted with a key that was made in it.
     *
     * @throws SubjectForgottenException if the subject was forgotten; it never gets another key
     */
    SubjectKey current(String subject);

    /**
     * {@return a key that has encrypted data; empty if the subject was forgotten} An earlier key must be found for as long as data
     * is stored that it has encrypted. What this throws reaches whoever reads the event, who may try again.
     *
     * @param id of the key, as {@link SubjectKey#id()} was when the data was encrypted
     * @throws dev.outbox.upcast.UnreadablePayloadException if the key is missing, although the subject was not forgotten
     */
    Optional<SubjectKey> find(String subject, String id);

    /**
     * {@return the same, without regard to what is remembered} What is encrypted with it is about to be stored in the clear for good,
     * for example in the tables of a projection.
     */
    default Optional<SubjectKey> findAnew(String subject, String id) {
        return find(subject, id);
    }

    /**
     * Deletes all keys of a subject, for good. Called in the transaction that forgets the subject, before its commit.
     *
     * @throws UnsupportedOperationException if this service only reads keys
     */
    void forget(String subject);
}
