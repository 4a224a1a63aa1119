package dev.outbox.eventstore.internal.projection.lane;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the server, and not of what it was asked to do. The state that it says is looked at, because Spring translates only
 * some of them, and Hibernate others.
 */
public final class ServerFailure {

    private static final String LOCK_TIMEOUT = "55P03";

    /** Connection, rollback by the server, resources, an operator, the system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    private ServerFailure() {}

    /** {@return whether the same may succeed later, because a server, a connection or another transaction was in the way} */
    public static boolean in(Throwable failure) {
        String state = state(failure);
        return state != null && (state.equals(LOCK_TIMEOUT) || CLASSES.contains(state.substring(0, 2)));
    }

    /** {@return whether another transaction did not let go of a lock, or two waited for each other} */
    public static boolean isOfLocks(Throwable failure) {
        String state = state(failure);
        return state != null && (state.equals(LOCK_TIMEOUT) || state.startsWith("40"));
    }

    private static @Nullable String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() == 5) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
