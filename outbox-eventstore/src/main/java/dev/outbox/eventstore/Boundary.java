package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The streams that a decision depends on, with the versions that it has seen. Some are appended to, others were only read; none
 * of them may have changed.
 *
 * <pre>{@code
 * store.append(Boundary.of(course, exactly(7)).and(student, exactly(2)), List.of(new StudentEnrolled(courseId, studentId)));
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Boundary {

    private final Map<AggregateRef, ExpectedVersion> streams;

    private Boundary(Map<AggregateRef, ExpectedVersion> streams) {
        this.streams = Collections.unmodifiableMap(streams);
    }

    /** {@return a boundary around one stream} */
    public static Boundary of(AggregateRef stream, ExpectedVersion expected) {
        return new Boundary(Map.of(stream, expected));
    }

    /**
     * {@return a boundary that includes another stream}
     *
     * @throws IllegalArgumentException if the stream is in it already
     */
    public Boundary and(AggregateRef stream, ExpectedVersion expected) {
        Map<AggregateRef, ExpectedVersion> more = new LinkedHashMap<>(streams);
        if (more.put(stream, expected) != null) {
            throw new IllegalArgumentException("%s is in the boundary already".formatted(stream));
        }
        return new Boundary(more);
    }

    /** {@return the streams and what is expected of them, in the order in which they were named} */
    public Map<AggregateRef, ExpectedVersion> streams() {
        return streams;
    }

    @Override
    public String toString() {
        return streams.toString();
    }
}
