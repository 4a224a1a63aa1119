package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import java.time.Instant;

/**
 * One of the times that a projection is filled.
 *
 * @param ref projection and number
 * @param version of the class that fills it
 * @param lanes how many lanes it has
 * @param state what it is there for
 * @param target how many events there were when it was begun
 * @param begunAt when it was begun
 * @param home the schema in which services read the tables of the projection
 * @param isOutlived whether its tables may have data of a subject that was forgotten since it was begun
 */
public record Generation(
        GenerationRef ref,
        int version,
        int lanes,
        GenerationState state,
        long target,
        Instant begunAt,
        String home,
        boolean isOutlived) {

    private static final int LONGEST_NAME = 63;

    /** {@return the schema of its tables while they are not those that services read} */
    public String schema() {
        return schema(home, ref);
    }

    static String schema(String home, GenerationRef ref) {
        return "%s_%s_g%d".formatted(home, ref.projection(), ref.number());
    }

    /** {@return whether a schema has room for the names of so many generations as nobody will build} */
    static boolean isNameable(String home, String projection) {
        return schema(home, new GenerationRef(projection, 999_999)).length() <= LONGEST_NAME;
    }
}
