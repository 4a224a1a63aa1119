package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Events were not appended, because their stream has another version than the decision was based on: someone else has appended to
 * it in the meantime. Load the aggregate again and decide again; {@code EventSourcedRepository.execute} does so by itself.
 *
 * @since 0.1.0
 */
public final class VersionConflictException extends OptimisticLockingFailureException {

    private static final long serialVersionUID = 1L;

    private final transient AggregateRef stream;
    private final transient ExpectedVersion expected;
    private final long actual;

    public VersionConflictException(AggregateRef stream, ExpectedVersion expected, long actual) {
        super("%s has %s, but %s was expected: another transaction has appended to it. Load it and decide again."
                .formatted(stream, ExpectedVersion.exactly(actual), expected));
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    /** {@return the stream that was to be appended to, or to be unchanged} */
    public AggregateRef stream() {
        return stream;
    }

    /** {@return what was expected of it} */
    public ExpectedVersion expected() {
        return expected;
    }

    /** {@return the version that it had when that was noticed} */
    public long actual() {
        return actual;
    }
}
