package dev.outbox.eventstore.internal.subject;

import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keys in a table of the service's database. What is written is encrypted under a key that was just looked up; keys that read are
 * remembered for a while. Thread-safe.
 */
public final class StoredSubjectKeys implements SubjectKeys {

    private final SubjectRows rows;
    private final KeyCache remembered;

    /**
     * @param size how many keys are remembered
     * @param timeToLive for how long
     */
    public StoredSubjectKeys(SubjectRows rows, int size, Duration timeToLive, LongSupplier nanos) {
        this.rows = rows;
        this.remembered = new KeyCache(size, timeToLive, nanos);
    }

    @Override
    public SubjectKey current(String subject) {
        return rows.current(subject);
    }

    @Override
    public Optional<SubjectKey> find(String subject, String id) {
        return remembered.get(subject, id, () -> rows.find(subject, id));
    }

    @Override
    public Optional<SubjectKey> findAnew(String subject, String id) {
        return rows.find(subject, id);
    }

    @Override
    public void forget(String subject) {
        rows.deleteKeys(subject);
        // Others may look a key up again before the commit.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                remembered.drop(subject);
            }
        });
    }

    /** Gives a subject another key. */
    void rotate(String subject) {
        rows.addKey(subject);
    }
}
