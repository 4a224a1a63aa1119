package dev.outbox.consumer.internal.failure;

/** Distinguishes failures that may pass from those that will not, by an exception and its causes. Immutable. */
public final class FailureClassifier {

    private static final int LONGEST_CHAIN = 32;

    private final FailureProperties properties;

    /**
     * @param properties which exceptions are permanent, and which transient
     */
    public FailureClassifier(FailureProperties properties) {
        this.properties = properties;
    }

    /** {@return whether another attempt makes sense; the first exception in the chain that a setting names decides} */
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

    /** {@return how many classes the nearest named class is above the class of the failure} */
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
