package dev.outbox.consumer.failure;

import org.springframework.core.NestedExceptionUtils;

/**
 * Says in one line what went wrong, including the root cause. A person reads this line first, in a log or next to a parked
 * event.
 */
public final class Causes {

    private Causes() {}

    /** {@return the first line of the message, and the first line of the root cause} */
    public static String inOneLine(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String said = firstLine(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        String cause = firstLine(root.toString());
        return root == failure || said.contains(cause) ? said : said + ": " + cause;
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("").strip();
    }
}
