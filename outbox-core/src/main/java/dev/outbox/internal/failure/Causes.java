package dev.outbox.internal.failure;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.NestedRuntimeException;

/**
 * Says in one line what went wrong. A person reads this line first: in a log, in health, next to a parked event.
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

    /** {@return the server's message if the failure came from the server: the text around it adds only the statement} */
    public static String ofServer(RuntimeException failure) {
        return failure instanceof NestedRuntimeException ? messageOfRoot(failure) : message(failure);
    }

    /** {@return the message of the root cause} */
    public static String messageOfRoot(Throwable failure) {
        return message(NestedExceptionUtils.getMostSpecificCause(failure));
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("").strip();
    }
}
