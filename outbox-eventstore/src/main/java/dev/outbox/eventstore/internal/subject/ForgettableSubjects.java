package dev.outbox.eventstore.internal.subject;

import dev.outbox.eventstore.Subjects;
import dev.outbox.personal.SubjectKeys;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets a subject:
 *
 * <ol>
 *   <li>Its row says so from now on. Transactions that store data of it hold the row, and end first.
 *   <li>Its keys are deleted. What is encrypted stays where it is.
 *   <li>What has been made of it in the clear is dropped, or marked to be made again.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class ForgettableSubjects implements Subjects {

    private static final int LONGEST = 255;

    private final SubjectRows rows;
    private final SubjectKeys keys;
    private final Supplier<List<OnForgetting>> others;
    private final Supplier<PlatformTransactionManager> manager;

    /**
     * @param others asked for when something is forgotten
     * @param manager asked for with each call, because it may be created later
     */
    public ForgettableSubjects(
            SubjectRows rows,
            SubjectKeys keys,
            Supplier<List<OnForgetting>> others,
            Supplier<PlatformTransactionManager> manager) {
        this.rows = rows;
        this.keys = keys;
        this.others = others;
        this.manager = manager;
    }

    @Override
    public void forget(String subject) {
        requireStorable(subject);
        inTransaction(() -> {
            rows.markForgotten(subject);
            keys.forget(subject);
            others.get().forEach(other -> other.forget(subject));
        });
    }

    @Override
    public boolean isForgotten(String subject) {
        return rows.isForgotten(subject);
    }

    @Override
    public void rotateKey(String subject) {
        if (!(keys instanceof StoredSubjectKeys stored)) {
            throw new UnsupportedOperationException("The keys are kept by %s, which has to be asked for a new one"
                    .formatted(keys.getClass().getName()));
        }
        inTransaction(() -> stored.rotate(subject));
    }

    private static void requireStorable(String subject) {
        if (subject.isBlank() || subject.length() > LONGEST || subject.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "A subject has 1 to %d characters, and none of them is NUL".formatted(LONGEST));
        }
    }

    private void inTransaction(Runnable change) {
        new TransactionTemplate(manager.get()).executeWithoutResult(status -> change.run());
    }
}
