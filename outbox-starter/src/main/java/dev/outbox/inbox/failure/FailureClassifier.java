package dev.outbox.inbox.failure;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells what may pass from what will not, by an exception and its causes. Immutable. */
public final class FailureClassifier {

    private static final int LONGEST_CHAIN = 32;

    /** Connection lost, resources exhausted, operator intervention, system error. */
    private static final Set<String> OUTAGE_STATES = Set.of("08", "53", "57", "58");

    private final FailureProperties properties;

    /**
     * @param properties which exceptions are permanent, and which transient
     */
    public FailureClassifier(FailureProperties properties) {
        this.properties = properties;
    }

    /** {@return whether database or broker cannot be reached, which says nothing about the event} */
    public static boolean isOutage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++, cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof RetriableException
                    || (cause instanceof SQLException sql && isOutageState(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether another attempt makes sense; the first exception of the chain that a setting names decides} */
    public boolean isTransient(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++, cause = cause.getCause()) {
            int permanent = distance(cause, properties.permanentExceptions());
            int passing = distance(cause, properties.transientExceptions());
            if (permanent != passing) {
                return passing < permanent;
            }
        }
        return true;
    }

    /** Of 57, a cancelled statement (57014) is one that took too long, which is a matter of the handler. */
    private static boolean isOutageState(@Nullable String state) {
        return state != null
                && state.length() == 5
                && !state.equals("57014")
                && OUTAGE_STATES.contains(state.substring(0, 2));
    }

    /** {@return how many classes above that of the failure the nearest named one is} */
    private static int distance(Throwable failure, Iterable<Class<? extends Throwable>> named) {
        int nearest = Integer.MAX_VALUE;
        for (Class<? extends Throwable> candidate : named) {
            int steps = 0;
            for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
                if (type == candidate) {
                    nearest = Math.min(nearest, steps);
                }
                steps++;
            }
        }
        return nearest;
    }
}
